#include "pipeline/read/sheet_styles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>

#include "pipeline/read/number_format.h"

namespace jiyao {
namespace {

constexpr size_t kMaxStyles = 65536;

// 18.8.27, indexed colours: 8 to 15 and 56 to 63 in full, the others as used by default.
constexpr std::array<uint32_t, 64> kIndexed = {
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x000000, 0xFFFFFF, 0xFF0000,
    0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000, 0x000080, 0x808000, 0x800080, 0x008080,
    0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080,
    0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99,
    0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699,
    0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333};

uint32_t number_of(const char* text) { return static_cast<uint32_t>(std::strtoul(text, nullptr, 10)); }

// 18.8.19: tint moves the lightness, towards black below 0 and white above.
uint32_t tinted(uint32_t colour, double tint) {
  if (tint == 0 || !std::isfinite(tint)) return colour;
  tint = std::clamp(tint, -1.0, 1.0);
  uint32_t out = 0;
  for (const int shift : {16, 8, 0}) {
    const double part = (colour >> shift) & 0xFF;
    const double moved = tint < 0 ? part * (1 + tint) : part + (255 - part) * tint;
    out |= static_cast<uint32_t>(std::lround(moved)) << shift;
  }
  return out;
}

uint8_t position(std::string_view word, std::initializer_list<std::string_view> words) {
  const auto at = std::find(words.begin(), words.end(), word);
  return at == words.end() ? uint8_t{0} : static_cast<uint8_t>(at - words.begin() + 1);
}

void read_font(const pugi::xml_node& font, const std::vector<uint32_t>& theme, CellStyle& style) {
  if (const pugi::xml_node name = child(font, "name")) style.font = attribute(name, "val");
  if (const pugi::xml_node size = child(font, "sz")) style.size = std::strtod(attribute(size, "val"), nullptr);
  if (!(style.size >= 1 && style.size <= 409)) style.size = 11;
  if (const pugi::xml_node bold = child(font, "b")) style.bold = is_on(attribute(bold, "val"), true);
  if (const pugi::xml_node italic = child(font, "i")) style.italic = is_on(attribute(italic, "val"), true);
  if (const pugi::xml_node line = child(font, "u"))
    style.underlined = std::string_view(attribute(line, "val")) != "none";
  if (const pugi::xml_node colour = child(font, "color")) style.colour = colour_of(colour, theme);
}

void read_fill(const pugi::xml_node& fill, const std::vector<uint32_t>& theme, CellStyle& style) {
  const pugi::xml_node pattern = child(fill, "patternFill");
  if (std::string_view(attribute(pattern, "patternType")) != "solid") return;
  style.fill = colour_of(child(pattern, "fgColor"), theme);
}

void read_border(const pugi::xml_node& border, const std::vector<uint32_t>& theme, CellStyle& style) {
  constexpr std::array<const char*, 4> kSides = {"left", "right", "top", "bottom"};
  for (size_t i = 0; i < kSides.size(); ++i) {
    const pugi::xml_node side = child(border, kSides[i]);
    style.border[i] = position(attribute(side, "style"),
                               {"thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed",
                                "dashDot", "mediumDashDot", "dashDotDot", "mediumDashDotDot", "slantDashDot"});
    if (style.border[i] != 0) style.border_colour[i] = colour_of(child(side, "color"), theme);
  }
}

void read_alignment(const pugi::xml_node& node, CellStyle& style) {
  style.horizontal = position(attribute(node, "horizontal"),
                              {"left", "center", "right", "fill", "justify", "centerContinuous", "distributed"});
  const uint8_t vertical = position(attribute(node, "vertical"), {"top", "bottom", "center", "justify", "distributed"});
  style.vertical = vertical == 0 ? uint8_t{0} : static_cast<uint8_t>(vertical + 7);
  style.wrapped = is_on(attribute(node, "wrapText"));
  style.indent = static_cast<uint8_t>(std::min<uint32_t>(number_of(attribute(node, "indent")), 15));
}

std::vector<pugi::xml_node> list(const pugi::xml_node& root, const char* of, const char* item) {
  std::vector<pugi::xml_node> all;
  for_each(child(root, of), item, [&](const pugi::xml_node& node) { all.push_back(node); });
  return all;
}

pugi::xml_node at(const std::vector<pugi::xml_node>& nodes, const char* index) {
  const uint32_t i = number_of(index);
  return i < nodes.size() ? nodes[i] : pugi::xml_node();
}

}  // namespace

std::vector<uint32_t> theme_colours(Package& package, const std::string& part) {
  std::vector<uint32_t> colours;
  if (part.empty() || !package.has(part)) return colours;
  const auto document = package.xml(part);
  const pugi::xml_node scheme = child(child(document->document_element(), "themeElements"), "clrScheme");
  for (const pugi::xml_node& entry : scheme.children()) {
    if (entry.type() != pugi::node_element) continue;
    const pugi::xml_node rgb = child(entry, "srgbClr");
    const char* hex = rgb ? attribute(rgb, "val") : attribute(child(entry, "sysClr"), "lastClr");
    colours.push_back(static_cast<uint32_t>(std::strtoul(hex, nullptr, 16)) & 0xFFFFFF);
  }
  // The file has dark 1, light 1, dark 2, light 2; cells count light 1 first.
  if (colours.size() >= 4) {
    std::swap(colours[0], colours[1]);
    std::swap(colours[2], colours[3]);
  }
  return colours;
}

uint32_t colour_of(const pugi::xml_node& node, const std::vector<uint32_t>& theme) {
  const double tint = std::strtod(attribute(node, "tint"), nullptr);
  if (const std::string_view rgb = attribute(node, "rgb"); !rgb.empty()) {
    return tinted(static_cast<uint32_t>(std::strtoul(std::string(rgb).c_str(), nullptr, 16)) & 0xFFFFFF, tint);
  }
  if (const char* index = attribute(node, "theme"); *index != '\0') {
    const uint32_t i = number_of(index);
    return i < theme.size() ? tinted(theme[i], tint) : kNoColour;
  }
  if (const char* index = attribute(node, "indexed"); *index != '\0') {
    const uint32_t i = number_of(index);
    return i < kIndexed.size() ? kIndexed[i] : kNoColour;
  }
  return kNoColour;
}

std::vector<CellStyle> read_styles(Package& package, const std::string& part, const std::vector<uint32_t>& theme) {
  std::vector<CellStyle> styles;
  if (part.empty() || !package.has(part)) return {CellStyle{}};
  const auto document = package.xml(part);
  const pugi::xml_node root = document->document_element();
  std::map<uint32_t, std::string> formats;
  for (const pugi::xml_node& node : list(root, "numFmts", "numFmt"))
    formats[number_of(attribute(node, "numFmtId"))] = attribute(node, "formatCode");
  const auto fonts = list(root, "fonts", "font");
  const auto fills = list(root, "fills", "fill");
  const auto borders = list(root, "borders", "border");
  for (const pugi::xml_node& xf : list(root, "cellXfs", "xf")) {
    if (styles.size() == kMaxStyles) break;
    CellStyle style;
    const uint32_t format = number_of(attribute(xf, "numFmtId"));
    const auto own = formats.find(format);
    style.number_format = own != formats.end() ? own->second : built_in_format(format);
    read_font(at(fonts, attribute(xf, "fontId")), theme, style);
    read_fill(at(fills, attribute(xf, "fillId")), theme, style);
    read_border(at(borders, attribute(xf, "borderId")), theme, style);
    read_alignment(child(xf, "alignment"), style);
    styles.push_back(std::move(style));
  }
  if (styles.empty()) styles.emplace_back();
  return styles;
}

}  // namespace jiyao
