// A quote and a figure meet by what is around both: the sentence, as far as it
// can be seen from the figure.
//
//   prefix  …電話會\n總經理：第四季度總收入達到   exact  12.5億元   suffix  ，同比增長8.3%。毛利率為…
//   sentence          總經理：第四季度總收入達到[12.5億元]，同比增長8.3%
#include "pipeline/review/anchor.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace jiyao {
namespace {

// Of a quote that fits very many places (the lines of a table that are all
// alike), only its neighbours tell where it stands.
constexpr size_t kMostCompared = 64;
// A quote that stands at no figure is looked for in the text, if that is not
// too much to search.
constexpr size_t kMostSearched = size_t{1} << 30;

constexpr std::array<std::string_view, 7> kEnds = {"\n", "\r", "。", "！", "？", "!", "?"};

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::string_view first_point(std::string_view text) {
  size_t size = std::min<size_t>(text.size(), 1);
  while (size < text.size() && continues(text[size])) ++size;
  return text.substr(0, size);
}

std::string_view last_point(std::string_view text) {
  size_t begin = text.size() - std::min<size_t>(text.size(), 1);
  while (begin > 0 && continues(text[begin])) --begin;
  return text.substr(begin);
}

bool ends_sentence(std::string_view point) { return std::find(kEnds.begin(), kEnds.end(), point) != kEnds.end(); }

// What is around a figure: the end of `before` and the beginning of `behind`.
struct Around {
  std::string_view before;
  std::string_view figure;
  std::string_view behind;
};

Around around(const TextQuote& quote) { return {quote.prefix, quote.exact, quote.suffix}; }

Around around(const SourceText& source, Span bytes) {
  const std::string_view text = source.text;
  return {text.substr(0, bytes.begin), text.substr(bytes.begin, bytes.size()), text.substr(bytes.end)};
}

// The part of a sentence that `around` shows, line ends between its parts,
// which hold none.
std::string sentence(const Around& around) {
  size_t before = 0;
  for (uint32_t i = 0; i < kQuoteContext && before < around.before.size(); ++i) {
    const std::string_view point = last_point(around.before.substr(0, around.before.size() - before));
    if (ends_sentence(point)) break;
    before += point.size();
  }
  size_t behind = 0;
  for (uint32_t i = 0; i < kQuoteContext && behind < around.behind.size(); ++i) {
    const std::string_view point = first_point(around.behind.substr(behind));
    if (ends_sentence(point)) break;
    behind += point.size();
  }
  std::string key(around.before.substr(around.before.size() - before));
  key.append("\n").append(around.figure).append("\n").append(around.behind.substr(0, behind));
  return key;
}

// The last, or first, code point, which is taken away; \r\n and \r are \n.
std::string_view take_last(std::string_view& text) {
  const std::string_view point = last_point(text);
  text.remove_suffix(point.size());
  if (point == "\n" && text.ends_with('\r')) text.remove_suffix(1);
  return point == "\r" ? "\n" : point;
}

std::string_view take_first(std::string_view& text) {
  const std::string_view point = first_point(text);
  text.remove_prefix(point.size());
  if (point == "\r" && text.starts_with('\n')) text.remove_prefix(1);
  return point == "\r" ? "\n" : point;
}

// How many code points agree, away from the figure: before and behind it.
std::pair<uint32_t, uint32_t> agreement(Around one, Around other) {
  std::pair<uint32_t, uint32_t> points;
  while (!one.before.empty() && take_last(one.before) == take_last(other.before)) ++points.first;
  while (!one.behind.empty() && take_first(one.behind) == take_first(other.behind)) ++points.second;
  return points;
}

class Anchorer {
 public:
  Anchorer(const SourceText& text, const std::vector<Span>& figures, const std::vector<const TextQuote*>& quotes,
           const std::vector<Span>& positions);
  std::vector<Anchor> run();

 private:
  using Places = std::vector<uint32_t>;  // indices into figures_, sorted
  // A quote whose place is certain.
  struct Pin {
    uint32_t position;
    uint32_t figure;
    friend auto operator<=>(const Pin&, const Pin&) = default;
  };
  struct Neighbours {
    const Pin* before = nullptr;
    const Pin* behind = nullptr;
  };

  const Places& places(uint32_t quote);
  std::optional<uint32_t> certain(uint32_t quote, const Places& places) const;
  Neighbours neighbours(uint32_t position) const;
  std::optional<uint32_t> as_moved(uint32_t quote, const Places& places, const Neighbours& near) const;
  std::optional<uint32_t> between(const Places& places, const Neighbours& near) const;
  std::optional<uint32_t> most_alike(uint32_t quote, const Places& places) const;
  Anchor missing(uint32_t quote);
  void settle_pins();
  void part_from_others();

  uint32_t agrees(uint32_t quote, uint32_t figure) const {
    const auto [before, behind] = agreement(around(*quotes_[quote]), around(text_, bytes_[figure]));
    return before + behind;
  }

  const SourceText& text_;
  const std::vector<Span>& figures_;
  const std::vector<const TextQuote*>& quotes_;
  const std::vector<Span>& positions_;
  std::vector<Span> bytes_;  // of the figures
  std::unordered_map<std::string, Places> by_sentence_;
  std::vector<Pin> pins_;
  std::vector<Anchor> anchors_;
  size_t searched_ = 0;
};

Anchorer::Anchorer(const SourceText& text, const std::vector<Span>& figures,
                   const std::vector<const TextQuote*>& quotes, const std::vector<Span>& positions)
    : text_(text), figures_(figures), quotes_(quotes), positions_(positions), anchors_(quotes.size()) {
  bytes_.reserve(figures.size());
  for (uint32_t i = 0; i < figures.size(); ++i) {
    bytes_.push_back({byte_of(text, figures[i].begin), byte_of(text, figures[i].end)});
    by_sentence_[sentence(around(text, bytes_.back()))].push_back(i);
  }
}

const Anchorer::Places& Anchorer::places(uint32_t quote) {
  static const Places none;
  const auto found = by_sentence_.find(sentence(around(*quotes_[quote])));
  return found == by_sentence_.end() ? none : found->second;
}

// The only place, if the text on one side at least is as it was; of several the
// only one where it is on both.
std::optional<uint32_t> Anchorer::certain(uint32_t quote, const Places& places) const {
  if (places.size() > kMostCompared) return std::nullopt;
  const auto whole = agreement(around(*quotes_[quote]), around(*quotes_[quote]));
  std::optional<uint32_t> found;
  for (const uint32_t place : places) {
    const auto here = agreement(around(*quotes_[quote]), around(text_, bytes_[place]));
    const bool before = here.first == whole.first;
    const bool behind = here.second == whole.second;
    if (places.size() == 1 ? !before && !behind : !before || !behind) continue;
    if (found) return std::nullopt;
    found = place;
  }
  return found;
}

Anchorer::Neighbours Anchorer::neighbours(uint32_t position) const {
  const auto behind = std::upper_bound(pins_.begin(), pins_.end(), position,
                                       [](uint32_t p, const Pin& pin) { return p < pin.position; });
  Neighbours near;
  if (behind != pins_.end()) near.behind = &*behind;
  if (behind != pins_.begin()) near.before = &*std::prev(behind);
  return near;
}

// Before the first pin the text's beginning is one.
std::optional<uint32_t> Anchorer::as_moved(uint32_t quote, const Places& places, const Neighbours& near) const {
  const auto moved = [&](const Pin* pin) -> std::optional<uint32_t> {
    const int64_t by = pin == nullptr ? 0 : int64_t{figures_[pin->figure].begin} - int64_t{pin->position};
    const int64_t at = int64_t{positions_[quote].begin} + by;
    const auto place = std::lower_bound(places.begin(), places.end(), at,
                                        [this](uint32_t p, int64_t want) { return figures_[p].begin < want; });
    if (place == places.end() || figures_[*place].begin != at) return std::nullopt;
    return *place;
  };
  const auto before = moved(near.before);
  const auto behind = near.behind == nullptr ? std::nullopt : moved(near.behind);
  if (before && behind && *before != *behind) return std::nullopt;
  return before ? before : behind;
}

std::optional<uint32_t> Anchorer::between(const Places& places, const Neighbours& near) const {
  const auto from =
      near.before == nullptr ? places.begin() : std::upper_bound(places.begin(), places.end(), near.before->figure);
  const auto to =
      near.behind == nullptr ? places.end() : std::lower_bound(places.begin(), places.end(), near.behind->figure);
  if (to - from != 1) return std::nullopt;
  return *from;
}

std::optional<uint32_t> Anchorer::most_alike(uint32_t quote, const Places& places) const {
  if (places.size() == 1 || places.size() > kMostCompared) return std::nullopt;
  std::optional<uint32_t> best;
  uint32_t most = 0;
  bool alone = false;
  for (const uint32_t place : places) {
    const uint32_t points = agrees(quote, place);
    if (best && points < most) continue;
    alone = !best || points > most;
    best = place;
    most = points;
  }
  return alone ? best : std::nullopt;
}

// The sentence as it is quoted holds no line end, so it is looked for as it is.
Anchor Anchorer::missing(uint32_t quote) {
  std::string key = sentence(around(*quotes_[quote]));
  key.erase(key.find('\n'), 1);
  if (const size_t end = key.rfind('\n'); end != key.npos) key.erase(end, 1);
  if (searched_ > kMostSearched) return {Anchor::Kind::gone};
  searched_ += text_.text.size();
  return {text_.text.find(key) == std::string::npos ? Anchor::Kind::gone : Anchor::Kind::no_fact};
}

// Of quotes that stood apart and now would stand together, one has its place:
// that around which more of its text is left.
void Anchorer::part_from_others() {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < anchors_.size(); ++i) {
    if (anchors_[i].kind == Anchor::Kind::found) found.push_back(i);
  }
  std::sort(found.begin(), found.end(), [this](uint32_t a, uint32_t b) {
    return std::tie(anchors_[a].figure, positions_[a]) < std::tie(anchors_[b].figure, positions_[b]);
  });
  for (size_t from = 0, to = 0; from < found.size(); from = to) {
    const uint32_t figure = anchors_[found[from]].figure;
    const auto same = [&](size_t i) { return i < found.size() && anchors_[found[i]].figure == figure; };
    uint32_t most = 0;
    Span best = positions_[found[from]];
    bool alone = true;
    for (to = from; same(to); ++to) {
      const uint32_t points = agrees(found[to], figure);
      const Span position = positions_[found[to]];
      if (points > most) {
        most = points;
        best = position;
        alone = true;
      } else if (points == most && position != best) {
        alone = false;
      }
    }
    for (size_t i = from; i < to; ++i) {
      if (alone && positions_[found[i]] == best) continue;
      anchors_[found[i]] = {Anchor::Kind::ambiguous, kNone, 1};
    }
  }
}

// A figure on which several positions lay claim is certain of none.
void Anchorer::settle_pins() {
  std::sort(pins_.begin(), pins_.end(),
            [](const Pin& a, const Pin& b) { return std::tie(a.figure, a.position) < std::tie(b.figure, b.position); });
  pins_.erase(std::unique(pins_.begin(), pins_.end()), pins_.end());
  std::vector<Pin> kept;
  for (size_t i = 0; i < pins_.size(); ++i) {
    const bool shared = (i > 0 && pins_[i - 1].figure == pins_[i].figure) ||
                        (i + 1 < pins_.size() && pins_[i + 1].figure == pins_[i].figure);
    if (!shared) kept.push_back(pins_[i]);
  }
  std::sort(kept.begin(), kept.end());
  pins_ = std::move(kept);
}

std::vector<Anchor> Anchorer::run() {
  std::vector<uint32_t> open;
  for (uint32_t i = 0; i < quotes_.size(); ++i) {
    const Places& at = places(i);
    if (at.empty()) {
      anchors_[i] = missing(i);
    } else if (const auto place = certain(i, at)) {
      anchors_[i] = {Anchor::Kind::found, *place, 1};
      pins_.push_back({positions_[i].begin, *place});
    } else {
      open.push_back(i);
    }
  }
  settle_pins();
  for (const uint32_t i : open) {
    const Places& at = places(i);
    const Neighbours near = neighbours(positions_[i].begin);
    auto place = as_moved(i, at, near);
    if (!place) place = between(at, near);
    if (!place) place = most_alike(i, at);
    anchors_[i] = place ? Anchor{Anchor::Kind::found, *place, 1}
                        : Anchor{Anchor::Kind::ambiguous, kNone, static_cast<uint32_t>(at.size())};
  }
  part_from_others();
  return std::move(anchors_);
}

}  // namespace

std::vector<Anchor> anchor(const SourceText& text, const std::vector<Span>& figures,
                           const std::vector<const TextQuote*>& quotes, const std::vector<Span>& positions) {
  return Anchorer(text, figures, quotes, positions).run();
}

TextQuote quote_at(const SourceText& text, Span place) {
  const Span bytes{byte_of(text, place.begin), byte_of(text, place.end)};
  const uint32_t from = byte_of(text, place.begin - std::min(place.begin, kQuoteContext));
  const uint32_t to = byte_of(text, place.end + std::min(kQuoteContext, UINT32_MAX - place.end));
  const std::string_view all = text.text;
  return {std::string(all.substr(bytes.begin, bytes.size())), std::string(all.substr(from, bytes.begin - from)),
          std::string(all.substr(bytes.end, to - bytes.end))};
}

}  // namespace jiyao
