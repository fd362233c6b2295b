#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "pipeline/read/encoding.h"
#include "pipeline/read/hash.h"
#include "pipeline/read/read.h"

namespace jiyao {
namespace {

constexpr size_t kNoBadByte = std::string_view::npos;

// What files that are no text begin with.
struct Format {
  std::string_view begins;
  std::string_view name;
};
using namespace std::string_view_literals;
constexpr std::array<Format, 9> kFormats = {{{"%PDF-"sv, "a PDF"sv},
                                             {"PK\x03\x04"sv, "a ZIP archive (DOCX, XLSX, EPUB are such)"sv},
                                             {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "an old Office file"sv},
                                             {"{\\rtf"sv, "RTF"sv},
                                             {"\x1F\x8B"sv, "a gzip archive"sv},
                                             {"7z\xBC\xAF\x27\x1C"sv, "a 7z archive"sv},
                                             {"Rar!\x1A\x07"sv, "a RAR archive"sv},
                                             {"\x89PNG\r\n\x1A\n"sv, "an image"sv},
                                             {"\xFF\xD8\xFF"sv, "an image"sv}}};

std::string_view binary_format(std::string_view bytes) {
  const auto it =
      std::find_if(kFormats.begin(), kFormats.end(), [bytes](const Format& f) { return bytes.starts_with(f.begins); });
  return it == kFormats.end() ? std::string_view() : it->name;
}

// Decodes up to the first byte that cannot be, whose offset is returned.
size_t convert(std::string_view bytes, const std::string& encoding, std::string* text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(encoding.c_str(), &status), ucnv_close);
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  if (U_FAILURE(status)) return 0;
  text->reserve(bytes.size() + bytes.size() / 2);
  const char* at = bytes.data();
  const char* end = at + bytes.size();
  std::array<UChar, 4096> buffer;
  int32_t kept = 0;  // 1 if the last piece ended within a surrogate pair, whose half is now the first
  do {
    status = U_ZERO_ERROR;
    UChar* out = buffer.data() + kept;
    ucnv_toUnicode(converter.get(), &out, buffer.data() + buffer.size(), &at, end, nullptr, true, &status);
    auto size = static_cast<int32_t>(out - buffer.data());
    kept = status == U_BUFFER_OVERFLOW_ERROR && size > 0 && U16_IS_LEAD(out[-1]) ? 1 : 0;
    size -= kept;
    icu::UnicodeString(false, buffer.data(), size).toUTF8String(*text);
    if (kept == 1) buffer[0] = buffer[static_cast<size_t>(size)];
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_SUCCESS(status)) return kNoBadByte;
  std::array<char, 16> bad;
  auto bad_size = static_cast<int8_t>(bad.size());
  UErrorCode ignored = U_ZERO_ERROR;
  ucnv_getInvalidChars(converter.get(), bad.data(), &bad_size, &ignored);
  return static_cast<size_t>(at - bytes.data()) - static_cast<size_t>(std::max<int>(bad_size, 0));
}

// Where in `bytes` the first U+0000 stands, whose code unit has `unit` bytes.
size_t find_zero(std::string_view bytes, size_t unit) {
  const std::string zero(unit, '\0');
  size_t at = bytes.find(zero);
  while (at != bytes.npos && at % unit != 0) at = bytes.find(zero, at + 1);
  return at;
}

std::string describe_bad_byte(std::string_view bytes, size_t at, const std::string& encoding, bool given) {
  const unsigned byte = at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
  return fmt::format("byte {}: 0x{:02X} cannot be decoded as {}; give {} encoding with --encoding", at, byte, encoding,
                     given ? "another" : "the");
}

// The text, or what is wrong with the bytes.
std::variant<SourceText, std::string> decode_bytes(std::string bytes, const std::string& given) {
  if (bytes.size() > kMaxTextBytes) return fmt::format("larger than {} MiB; split it", kMaxTextBytes >> 20);
  if (const auto format = binary_format(bytes); !format.empty()) {
    return fmt::format("this is {}, not text; convert it to text first", format);
  }
  SourceText source;
  source.sha256 = sha256_hex(bytes);
  source.encoding = given.empty() ? detect_encoding(bytes) : find_encoding(given, bytes);
  if (source.encoding.empty()) {
    return fmt::format("encoding \"{}\" is not known; use one of UTF-8, UTF-16LE, UTF-16BE, GB18030, Big5-HKSCS",
                       given);
  }
  const size_t mark = mark_length(bytes, source.encoding);
  const bool utf8 = source.encoding == "UTF-8";
  const std::string_view body = std::string_view(bytes).substr(mark);
  const size_t bad = utf8 ? find_invalid_utf8(body) : convert(body, source.encoding, &source.text);
  const size_t unit = source.encoding.starts_with("UTF-16") ? 2 : source.encoding.starts_with("UTF-32") ? 4 : 1;
  const size_t zero = find_zero(body, unit);
  if (zero < bad) return fmt::format("byte {}: 0x00 is in no text; this is another kind of file", mark + zero);
  if (bad != kNoBadByte) return describe_bad_byte(bytes, mark + bad, source.encoding, !given.empty());
  if (utf8) source.text = std::move(bytes.erase(0, mark));
  if (source.text.size() > kMaxTextBytes) return fmt::format("more than {} MiB of text; split it", kMaxTextBytes >> 20);
  return source;
}

}  // namespace

std::variant<SourceText, ReadError> decode(std::string bytes, const std::string& document,
                                           const std::string& encoding) {
  auto result = decode_bytes(std::move(bytes), encoding);
  if (const auto* what = std::get_if<std::string>(&result)) return ReadError{document + ": " + *what};
  SourceText& source = std::get<SourceText>(result);
  source.document = document;
  source.index_lines();
  return std::move(source);
}

}  // namespace jiyao
