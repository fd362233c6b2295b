#include "pipeline/match/number.h"

namespace jiyao {
namespace numerals {

int digit(char32_t c) {
  switch (c) {
    case U'〇': case U'零': case U'○': return 0;
    case U'一': case U'壹': case U'幺': return 1;
    case U'二': case U'贰': case U'两': case U'俩': return 2;
    case U'三': case U'叁': return 3;
    case U'四': case U'肆': return 4;
    case U'五': case U'伍': return 5;
    case U'六': case U'陆': return 6;
    case U'七': case U'柒': return 7;
    case U'八': case U'捌': return 8;
    case U'九': case U'玖': return 9;
    default: return -1;
  }
}

int scale(char32_t c) {
  switch (c) {
    case U'十': case U'拾': return 1;
    case U'百': case U'佰': return 2;
    case U'千': case U'仟': return 3;
    case U'万': return 4;
    case U'亿': return 8;
    case U'兆': return 12;
    default: return -1;
  }
}

}  // namespace numerals

bool begins_numeral(char32_t c) {
  return numerals::digit(c) >= 0 || (numerals::scale(c) >= 1 && numerals::scale(c) <= 3) || c == U'数' || c == U'几' || c == U'上';
}

}  // namespace jiyao
