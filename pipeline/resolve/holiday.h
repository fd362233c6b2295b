// Holidays that texts date by: 春节, 中秋, 国庆.
#pragma once

#include "pipeline/model/period.h"

namespace jiyao {

// The places in `holiday` of rules/lexicon/calendar.yaml, attribute n.
enum Holiday : int {
  kNewYear = 1,
  kSpringFestival,
  kLantern,
  kQingming,
  kLabourDay,
  kDragonBoat,
  kQixi,
  kMidAutumn,
  kChongyang,
  kNationalDay,
  kChristmas,
  kNewYearsEve,  // 除夕
  kThanksgiving,
  kValentine,
  kWomensDay,
  kChildrensDay,
  kTeachersDay,
  kHalloween,
  kChristmasEve,
  kMothersDay,
  kFathersDay,
  kEaster,
};

// The day in that year of the Gregorian calendar; no date if there is no such holiday.
Date holiday(int which, int year);

}  // namespace jiyao
