// Nearly all of a Chinese text is in NFKC already. So one scan looks for the
// runs that are not, by a table with a byte per code point, and only those go
// through ICU:
//
//   營收１２３億元（年增）     (source)
//       └─┬─┘    ↑   ↑         three runs
//   營收123億元(年增)          (edited)
//
// A run begins and ends where ICU says that text may be cut without changing
// the result (hasBoundaryBefore), so the whole is what ICU makes of the whole.
#include "pipeline/normalize/width.h"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>

#include <array>
#include <stdexcept>
#include <string>

#include "pipeline/normalize/utf8.h"

namespace jiyao {
namespace {

// How long a run may become before it is cut at its next boundary, and how
// long a stretch without a boundary may be before it is cut all the same: ICU
// sorts the combining marks of a stretch in square time, and no script piles
// up more than a few (UAX #15, 13, allows 30).
constexpr size_t kLongRun = 4096;
constexpr size_t kLongStretch = 128;

enum class Kind : uint8_t {
  plain,   // NFKC leaves it, and nothing before it joins with it
  starts,  // NFKC changes it; text may be cut before it
  joins,   // may join with what stands before it
  alike,   // looks like a common sign and is written for it
};

// Signs that NFKC keeps apart and typists do not: 2017―2020年, 10〜12%, −5亿元.
constexpr std::string_view common_sign(uint32_t c) {
  switch (c) {
    case 0x2010:  // hyphen
    case 0x2011:  // non-breaking hyphen
    case 0x2012:  // figure dash
    case 0x2013:  // en dash
    case 0x2043:  // hyphen bullet
    case 0x2212:  // minus
    case 0x02D7:  // modifier minus
      return "-";
    case 0x2015:  // horizontal bar
    case 0x2500:  // box drawings light horizontal
    case 0x2501:  // box drawings heavy horizontal
      return "—";
    case 0x301C:  // wave dash
    case 0x223C:  // tilde operator
    case 0x2053:  // swung dash
      return "~";
    case 0x2236:  // ratio
      return ":";
    case 0x2044:  // fraction slash
    case 0x2215:  // division slash
      return "/";
    default:
      return {};
  }
}

void check(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + what + ": " + u_errorName(status));
}

const icu::Normalizer2& nfkc() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* instance = icu::Normalizer2::getNFKCInstance(status);
  check(status, "no NFKC data");
  return *instance;
}

icu::UnicodeSet folded_characters() {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeSet set(UNICODE_STRING_SIMPLE("[^[:No:]\\uFF0C\\u2026\\uFDFA]"), status);
  check(status, "set of characters");
  set.freeze();
  return set;
}

bool is_one_code_point(std::string_view text) { return !text.empty() && utf8::decode(text, 0).length == text.size(); }

// Adds the changes of one run, whose beginning is at `source` and `edited`.
void add_edits(icu::Edits& edits, std::string_view run, uint32_t source, uint32_t edited, std::string_view out,
               OffsetMap* map) {
  UErrorCode status = U_ZERO_ERROR;
  for (icu::Edits::Iterator it = edits.getFineChangesIterator(); it.next(status);) {
    const auto from = static_cast<uint32_t>(it.sourceIndex());
    const auto to = static_cast<uint32_t>(it.destinationIndex());
    const auto old_size = static_cast<uint32_t>(it.oldLength());
    const auto new_size = static_cast<uint32_t>(it.newLength());
    if (old_size == new_size && is_one_code_point(run.substr(from, old_size)) &&
        is_one_code_point(out.substr(edited + to, new_size))) {
      continue;
    }
    map->add({{source + from, source + from + old_size}, {edited + to, edited + to + new_size}});
  }
}

// Where the code point before `at` begins, but not before `first`.
size_t before(std::string_view text, size_t first, size_t at) {
  while (at > first && (static_cast<unsigned char>(text[--at]) & 0xC0) == 0x80) {
  }
  return at;
}

}  // namespace

struct WidthFolder::Impl {
  icu::UnicodeSet folded = folded_characters();
  icu::FilteredNormalizer2 normalizer{nfkc(), folded};
  std::array<Kind, 0x10000> kinds;  // of the basic plane

  Impl() {
    for (UChar32 c = 0; c < 0x10000; ++c) kinds[static_cast<size_t>(c)] = find_kind(c);
  }

  Kind find_kind(UChar32 c) const {
    if (!common_sign(static_cast<uint32_t>(c)).empty()) return Kind::alike;
    if (!folded.contains(c)) return Kind::plain;
    if (!normalizer.hasBoundaryBefore(c)) return Kind::joins;
    return u_getIntPropertyValue(c, UCHAR_NFKC_QUICK_CHECK) == UNORM_YES ? Kind::plain : Kind::starts;
  }

  Kind kind(uint32_t c) const {
    if (c < kinds.size()) return kinds[c];
    return c > 0x10FFFF ? Kind::plain : find_kind(static_cast<UChar32>(c));
  }

  size_t end_of_run(std::string_view text, size_t begin, size_t at) const;
  void fold_run(std::string_view text, size_t begin, size_t end, NormalizedText* result) const;
  static void fold_sign(utf8::CodePoint c, size_t at, NormalizedText* result);
};

// `at` is the first character of the run that is not plain.
size_t WidthFolder::Impl::end_of_run(std::string_view text, size_t begin, size_t at) const {
  size_t boundary = at;
  while (at < text.size()) {
    const utf8::CodePoint c = utf8::decode(text, at);
    const Kind k = kind(c.value);
    if (k == Kind::plain || k == Kind::alike) break;
    if (k == Kind::starts && at - begin > kLongRun) break;
    if (k == Kind::joins && at - boundary > kLongStretch) break;
    if (k == Kind::starts) boundary = at;
    at += c.length;
  }
  return at;
}

void WidthFolder::Impl::fold_run(std::string_view text, size_t begin, size_t end, NormalizedText* result) const {
  const std::string_view run = text.substr(begin, end - begin);
  const size_t before = result->text.size();
  icu::StringByteSink<std::string> sink(&result->text);
  icu::Edits edits;
  UErrorCode status = U_ZERO_ERROR;
  normalizer.normalizeUTF8(0, icu::StringPiece(run.data(), static_cast<int32_t>(run.size())), sink, &edits, status);
  if (U_FAILURE(status)) {  // out of memory: the run stays as it is
    result->text.replace(before, std::string::npos, run);
    return;
  }
  add_edits(edits, run, static_cast<uint32_t>(begin), static_cast<uint32_t>(before), result->text, &result->map);
}

// A sign that keeps its length needs no entry in the map.
void WidthFolder::Impl::fold_sign(utf8::CodePoint c, size_t at, NormalizedText* result) {
  const std::string_view sign = common_sign(c.value);
  const auto source = static_cast<uint32_t>(at);
  const auto edited = static_cast<uint32_t>(result->text.size());
  result->text += sign;
  if (sign.size() != c.length)
    result->map.add(
        {{source, source + static_cast<uint32_t>(c.length)}, {edited, edited + static_cast<uint32_t>(sign.size())}});
}

WidthFolder::WidthFolder() : impl_(std::make_unique<Impl>()) {}
WidthFolder::~WidthFolder() = default;

NormalizedText WidthFolder::fold(std::string_view text) const {
  NormalizedText result;
  result.text.reserve(text.size());
  const auto wanted = [this](uint32_t c) { return impl_->kind(c) != Kind::plain; };
  size_t copied = 0;  // all before it is in the result
  for (size_t at = 0; (at = utf8::find(text, at, wanted)) < text.size(); at = copied) {
    const utf8::CodePoint c = utf8::decode(text, at);
    const Kind kind = impl_->kind(c.value);
    if (kind == Kind::alike) {
      result.text.append(text, copied, at - copied);
      Impl::fold_sign(c, at, &result);
      copied = at + c.length;
      continue;
    }
    size_t begin = at;
    if (kind == Kind::joins) begin = before(text, copied, at);
    const size_t end = impl_->end_of_run(text, begin, at);
    result.text.append(text, copied, begin - copied);
    impl_->fold_run(text, begin, end, &result);
    copied = end;
  }
  result.text.append(text, copied);
  return result;
}

}  // namespace jiyao
