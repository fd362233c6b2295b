#include "pipeline/resolve/holiday.h"

#include <unicode/calendar.h>
#include <unicode/gregocal.h>

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
      return {};
  }
}

}  // namespace jiyao
