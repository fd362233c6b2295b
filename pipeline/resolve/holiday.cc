#include "pipeline/resolve/holiday.h"

#include <unicode/calendar.h>
#include <unicode/gregocal.h>

#include <chrono>
#include <memory>

namespace jiyao {
namespace {

Date date_of(int year, int month, int day) {
  return {static_cast<int16_t>(year), static_cast<int8_t>(month), static_cast<int8_t>(day)};
}

// A day of the lunar year that begins in `year`. ICU reckons it in China's time.
Date lunar(int year, int month, int day) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::TimeZone& utc = *icu::TimeZone::getGMT();
  icu::GregorianCalendar gregorian(utc, status);
  const std::unique_ptr<icu::Calendar> chinese(
      icu::Calendar::createInstance(utc, icu::Locale("zh@calendar=chinese"), status));
  if (U_FAILURE(status)) return {};
  gregorian.set(year, UCAL_JULY, 1, 12, 0, 0);
  chinese->setTime(gregorian.getTime(status), status);
  chinese->set(UCAL_IS_LEAP_MONTH, 0);
  chinese->set(UCAL_MONTH, month - 1);
  chinese->set(UCAL_DATE, day);
  gregorian.setTime(chinese->getTime(status), status);
  const Date date = date_of(gregorian.get(UCAL_YEAR, status), gregorian.get(UCAL_MONTH, status) + 1,
                            gregorian.get(UCAL_DATE, status));
  return U_SUCCESS(status) && date.valid() ? date : Date{};
}

// The sun reaches 15 degrees on 4 or 5 April: a rule of thumb that holds from 1900 to 2099.
Date qingming(int year) {
  const int in_century = year % 100;
  const double first = year < 2000 ? 5.59 : 4.81;
  return date_of(year, 4, static_cast<int>(0.2422 * in_century + first) - in_century / 4);
}

// The n-th day of that name in a month, 1 Monday to 7 Sunday: the second Sunday in May.
Date nth_weekday(int year, int month, int n, unsigned day_of_week) {
  using namespace std::chrono;
  const sys_days first{std::chrono::year{year} / month / 1};
  const unsigned ahead = (day_of_week + 7 - weekday{first}.iso_encoding()) % 7;
  return date_of(year, month, 1 + static_cast<int>(ahead) + 7 * (n - 1));
}

// The Sunday after the first full moon of spring, as Gauss reckoned it; 1900 to 2099.
Date easter(int year) {
  const int moon = (19 * (year % 19) + 24) % 30;
  const int sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7;
  const bool late = (moon == 29 && sunday == 6) || (moon == 28 && sunday == 6 && year % 19 > 10);
  return date_of(year, 3, 22).plus_days(moon + sunday - (late ? 7 : 0));
}

// Days that the sun's calendar fixes, or a week of it.
Date by_the_sun(int which, int year) {
  switch (which) {
    case kThanksgiving:
      return nth_weekday(year, 11, 4, 4);
    case kValentine:
      return date_of(year, 2, 14);
    case kWomensDay:
      return date_of(year, 3, 8);
    case kChildrensDay:
      return date_of(year, 6, 1);
    case kTeachersDay:
      return date_of(year, 9, 10);
    case kHalloween:
      return date_of(year, 10, 31);
    case kChristmasEve:
      return date_of(year, 12, 24);
    case kMothersDay:
      return nth_weekday(year, 5, 2, 7);
    case kFathersDay:
      return nth_weekday(year, 6, 3, 7);
    case kEaster:
      return easter(year);
    default:
      return {};
  }
}

}  // namespace

Date holiday(int which, int year) {
  if (year < 1900 || year > 2099) return {};
  switch (which) {
    case kNewYear:
      return date_of(year, 1, 1);
    case kSpringFestival:
      return lunar(year, 1, 1);
    case kNewYearsEve:
      return lunar(year, 1, 1).plus_days(-1);
    case kLantern:
      return lunar(year, 1, 15);
    case kQingming:
      return qingming(year);
    case kLabourDay:
      return date_of(year, 5, 1);
    case kDragonBoat:
      return lunar(year, 5, 5);
    case kQixi:
      return lunar(year, 7, 7);
    case kMidAutumn:
      return lunar(year, 8, 15);
    case kChongyang:
      return lunar(year, 9, 9);
    case kNationalDay:
      return date_of(year, 10, 1);
    case kChristmas:
      return date_of(year, 12, 25);
    default:
      return by_the_sun(which, year);
  }
}

}  // namespace jiyao
