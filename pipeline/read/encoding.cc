// A byte order mark is believed, and so is valid UTF-8: text in another
// encoding is hardly ever that by accident. What remains is decoded in each way
// that Chinese text comes in, and the way that gives the most everyday
// characters wins: GB2312 and Big5 both list theirs first, as "level 1", and a
// text read in the wrong one is full of rare characters. What ICU's detector
// says decides between ways that come out much the same, as short texts do.
#include "pipeline/read/encoding.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <memory>
#include <vector>

namespace jiyao {
namespace {

constexpr size_t kSampleBytes = size_t{64} << 10;
// How much of the score is ICU's: its confidence goes to 100, ours to 1.
constexpr double kDetectorWeight = 0.001;
// Any two bytes are a character of UTF-16, even of English. So without a mark
// it has to look right, and to be long enough for that to mean something.
constexpr double kLeastUtf16 = 0.8;
constexpr size_t kLeastUtf16Bytes = 8;

struct Mark {
  std::string_view bytes;
  std::string_view encoding;
};
using namespace std::string_view_literals;
constexpr std::array<Mark, 5> kMarks = {{{"\xEF\xBB\xBF"sv, "UTF-8"sv},
                                         {"\xFF\xFE\0\0"sv, "UTF-32LE"sv},  // before UTF-16LE, which begins it
                                         {"\0\0\xFE\xFF"sv, "UTF-32BE"sv},
                                         {"\xFF\xFE"sv, "UTF-16LE"sv},
                                         {"\xFE\xFF"sv, "UTF-16BE"sv}}};

// In the order of preference. The second name is the one ICU's detector uses.
struct Candidate {
  const char* name;
  std::string_view detected;
};
constexpr std::array<Candidate, 5> kCandidates = {{{"UTF-8", "UTF-8"},
                                                   {"GB18030", "GB18030"},
                                                   {"Big5-HKSCS", "Big5"},
                                                   {"UTF-16LE", "UTF-16LE"},
                                                   {"UTF-16BE", "UTF-16BE"}}};

// Bytes that cannot be decoded become U+FFFD.
std::u16string decode_leniently(std::string_view bytes, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding, &status), ucnv_close);
  if (U_FAILURE(status)) return {};
  std::u16string text(bytes.size() * 2 + 16, u'\0');
  const int32_t size = ucnv_toUChars(converter.get(), text.data(), static_cast<int32_t>(text.size()), bytes.data(),
                                     static_cast<int32_t>(bytes.size()), &status);
  text.resize(std::min(text.size(), static_cast<size_t>(std::max(size, 0))));
  return text;
}

// Every two-byte code of the given rows, as bytes.
std::string two_byte_codes(int first_row, int last_row, bool low_cells) {
  std::string codes;
  for (int row = first_row; row <= last_row; ++row) {
    for (int cell = 0x40; cell <= 0xFE; ++cell) {
      const bool low = cell <= 0x7E;
      if (low ? !low_cells : cell < 0xA1) continue;
      codes += static_cast<char>(row);
      codes += static_cast<char>(cell);
    }
  }
  return codes;
}

using CharacterSet = std::bitset<0x10000>;

CharacterSet everyday_characters() {
  CharacterSet set;
  for (const char16_t c : decode_leniently(two_byte_codes(0xB0, 0xD7, false), "GB18030")) set.set(c);
  for (const char16_t c : decode_leniently(two_byte_codes(0xA4, 0xC6, true), "Big5-HKSCS")) set.set(c);
  for (char16_t c = 0xD800; c < 0xF900; ++c) set.reset(c);  // surrogates, private use
  for (char16_t c = 0x2010; c <= 0x2027; ++c) set.set(c);   // dashes, quotation marks, ellipsis
  for (char16_t c = 0x3000; c <= 0x301F; ++c) set.set(c);   // 、。「」
  for (char16_t c = 0xFF01; c <= 0xFF65; ++c) set.set(c);   // full width
  set.reset(0xFFFD);
  return set;
}

bool is_ascii_text(char16_t c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t'; }

// How a text comes out: parts from 0 to 1.
struct Look {
  double everyday = 0;   // everyday characters in what is not ASCII
  double plausible = 0;  // these and ASCII in the whole
};

Look look_at(std::string_view sample, const char* encoding) {
  static const CharacterSet everyday = everyday_characters();
  size_t ascii = 0;
  size_t good = 0;
  size_t all = 0;
  for (const char16_t c : decode_leniently(sample, encoding)) {
    ++all;
    if (is_ascii_text(c)) {
      ++ascii;
    } else if (everyday[c]) {
      ++good;
    }
  }
  const auto part = [](size_t n, size_t of) { return of == 0 ? 1 : static_cast<double>(n) / static_cast<double>(of); };
  return {part(good, all - ascii), part(good + ascii, all)};
}

// ICU's confidence in each candidate, from 0 to 100.
std::array<int32_t, kCandidates.size()> ask_detector(std::string_view sample) {
  std::array<int32_t, kCandidates.size()> confidence{};
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(ucsdet_open(&status), ucsdet_close);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  for (int32_t i = 0; U_SUCCESS(status) && i < count; ++i) {
    const char* name = ucsdet_getName(matches[i], &status);
    const int32_t sure = ucsdet_getConfidence(matches[i], &status);
    for (size_t c = 0; U_SUCCESS(status) && c < kCandidates.size(); ++c) {
      if (kCandidates[c].detected == name) confidence[c] = sure;
    }
  }
  return confidence;
}

// From the first byte that is not ASCII text, an even number of bytes in.
std::string_view take_sample(std::string_view bytes) {
  const auto telling = [](char c) { return c == '\0' || static_cast<unsigned char>(c) >= 0x80; };
  const auto first = std::find_if(bytes.begin(), bytes.end(), telling);
  return bytes.substr(static_cast<size_t>(first - bytes.begin()) / 2 * 2, kSampleBytes);
}

constexpr size_t kUtf16 = 3;  // from here on in kCandidates

const char* guess(std::string_view bytes, size_t first_candidate) {
  const std::string_view sample = take_sample(bytes);
  const auto confidence = ask_detector(sample);
  const char* best = "";
  double best_score = -1;
  for (size_t i = first_candidate; i < kCandidates.size(); ++i) {
    const Look look = look_at(sample, kCandidates[i].name);
    const bool in_doubt = look.plausible < kLeastUtf16 || bytes.size() < kLeastUtf16Bytes;
    if (i >= kUtf16 && first_candidate < kUtf16 && in_doubt) continue;
    const double score = look.everyday + kDetectorWeight * confidence[i];
    if (score <= best_score) continue;
    best_score = score;
    best = kCandidates[i].name;
  }
  return best;
}

}  // namespace

size_t find_invalid_utf8(std::string_view bytes) {
  const auto* s = reinterpret_cast<const uint8_t*>(bytes.data());
  const size_t size = bytes.size();
  for (size_t at = 0; at < size;) {
    const size_t begin = at;
    if (s[at] < 0x80) {
      ++at;
      continue;
    }
    // Any two continuations may follow these, with which nearly all Han begin.
    const auto continues = [&](size_t i) { return i < size && (s[i] & 0xC0) == 0x80; };
    if (s[at] >= 0xE4 && s[at] <= 0xE9 && continues(at + 1) && continues(at + 2)) {
      at += 3;
      continue;
    }
    UChar32 c;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside of ICU's macro
    U8_NEXT(s, at, size, c);
#pragma GCC diagnostic pop
    if (c < 0) return begin;
  }
  return std::string_view::npos;
}

size_t mark_length(std::string_view bytes, std::string_view encoding) {
  for (const Mark& mark : kMarks) {
    if (mark.encoding == encoding && bytes.starts_with(mark.bytes)) return mark.bytes.size();
  }
  return 0;
}

std::string detect_encoding(std::string_view bytes) {
  for (const Mark& mark : kMarks) {
    if (bytes.starts_with(mark.bytes)) return std::string(mark.encoding);
  }
  const bool utf8 = find_invalid_utf8(bytes) == std::string_view::npos;
  // Zero bytes mean UTF-16, or no text at all, which decoding will report.
  if (utf8 && bytes.find('\0') == std::string_view::npos) return "UTF-8";
  return guess(bytes, 0);
}

std::string find_encoding(const std::string& name, std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(name.c_str(), &status), ucnv_close);
  if (name.empty() || U_FAILURE(status)) return {};
  for (const Candidate& c : kCandidates) {
    if (ucnv_compareNames(c.name, name.c_str()) == 0) return c.name;
  }
  const char* iana = ucnv_getStandardName(name.c_str(), "IANA", &status);
  UErrorCode ignored = U_ZERO_ERROR;  // an open converter has a name
  std::string known = U_SUCCESS(status) && iana != nullptr ? iana : ucnv_getName(converter.get(), &ignored);
  if (known != "UTF-16") return known;
  for (const Mark& mark : kMarks) {
    if (mark.encoding.starts_with("UTF-16") && bytes.starts_with(mark.bytes)) return std::string(mark.encoding);
  }
  return guess(bytes, kUtf16);
}

}  // namespace jiyao
