#include "pipeline/reconcile/label.h"

#include <algorithm>

namespace jiyao::reconciling {
namespace {

class LabelOf {
 public:
  LabelOf(std::string_view folded, const Words& words) : words_(words), body_(folded) {}

  Label read() {
    take_marks();
    take_brackets();
    body_ = trimmed(body_);
    take_unit_behind();
    label_.text = body_;
    if (!take_metric(true)) {
      take_basis();
      take_rolling();
      take_status();
      if (!take_metric(true)) take_metric(false);
    }
    adjust();
    return std::move(label_);
  }

 private:
  // 其中：, "- ", "of which "
  void take_marks() {
    for (bool more = true; more;) {
      more = false;
      const std::string text = body_.substr(std::min(body_.find_first_not_of(" \t"), body_.size()));
      for (size_t size = std::min<size_t>(text.size(), 12); size > 0; --size) {
        const SheetTerm* mark = words_.find("part_mark", text.substr(0, size));
        if (mark == nullptr || !at_edges(text, 0, size) || size == text.size()) continue;
        // "-5%" is no mark of a part.
        if (text[0] == '-' && text[1] >= '0' && text[1] <= '9') break;
        body_ = text.substr(size);
        label_.part = more = true;
        break;
      }
    }
  }

  // What stands in brackets: a unit, a basis, whose number, a note, or a part.
  void take_brackets() {
    for (size_t open = body_.find('('); open != body_.npos; open = body_.find('(', open)) {
      const size_t close = body_.find(')', open);
      if (close == body_.npos) return;
      const std::string inside = trimmed(std::string_view(body_).substr(open + 1, close - open - 1));
      // net profit/(loss) is one name.
      const bool in_name = open > 0 && (body_[open - 1] == '/' || inside == "loss");
      if (in_name || !take_aside(inside)) {
        open = close;
        continue;
      }
      body_ = body_.substr(0, open) + " " + body_.substr(close + 1);
    }
  }

  bool take_aside(const std::string& inside) {
    if (inside.empty()) return true;
    if (const auto unit = words_.unit(inside)) {
      label_.unit = merged(label_.unit, *unit);
      return true;
    }
    if (const SheetTerm* basis = words_.find("basis", inside)) {
      if (label_.basis.empty()) label_.basis = basis->means;
      return true;
    }
    if (const SheetTerm* status = words_.find("status", inside)) {
      label_.status = status->means;
      return true;
    }
    if (words_.find("adjusted", inside) != nullptr) return label_.adjusted = true;
    if (words_.find("rolling", inside) != nullptr) return label_.rolling = true;
    if (words_.find("note", inside) != nullptr) return true;
    // GMV (RMB bn, YoY)
    const size_t comma = inside.find(',');
    if (comma == inside.npos)
      return words_.metric(inside) != nullptr && !trimmed(body_.substr(0, body_.find('('))).empty();
    return take_aside(trimmed(inside.substr(0, comma))) && take_aside(trimmed(inside.substr(comma + 1)));
  }

  // "revenue, rmb mn", "收入-亿元", "gross margin %"
  void take_unit_behind() {
    for (size_t at = 1; at < body_.size(); ++at) {
      const char c = body_[at];
      const bool edge = c == ' ' || c == ',' || c == '-' || c == '/' || c == ':' || c == '%';
      if (!edge) continue;
      const std::string_view behind = std::string_view(body_).substr(c == '%' ? at : at + 1);
      const std::string before = trimmed(std::string_view(body_).substr(0, at));
      const auto unit = words_.unit(behind);
      // "gross margin %" and "收入 亿元", but "% of revenue" is a basis and "orders" a metric.
      if (!unit || before.empty() || is_basis(body_) || words_.metric(body_) != nullptr) continue;
      const bool only_noun = unit->counts && unit->unit.empty() && unit->power.value_or(0) == 0;
      if (only_noun && c != ',') continue;
      label_.unit = merged(label_.unit, *unit);
      body_ = before;
      return;
    }
  }

  void take_basis() {
    if (const SheetTerm* alone = words_.find("basis_alone", body_)) {
      label_.basis = alone->means;
      body_.clear();
      return;
    }
    const auto hit = words_.longest("basis", body_);
    if (!hit) return;
    if (label_.basis.empty()) label_.basis = hit->term->means;
    cut(hit->at, hit->size);
  }

  bool is_basis(std::string_view text) const {
    return words_.find("basis", text) != nullptr || words_.find("basis_alone", text) != nullptr;
  }

  void take_rolling() {
    if (const auto hit = words_.longest("rolling", body_)) {
      label_.rolling = true;
      cut(hit->at, hit->size);
    }
  }

  // Only a whole word at the end: 目标价 is a metric, "2024e" the reader of periods knows.
  void take_status() {
    const auto hit = words_.longest("status", body_);
    if (!hit || (hit->at != 0 && hit->at + hit->size != body_.size()) || words_.longest_metric(body_)) return;
    label_.status = hit->term->means;
    cut(hit->at, hit->size);
  }

  // `whole`: all of the text is its name. Else the longest name in it, and what
  // stands around it is the part.
  bool take_metric(bool whole) {
    if (body_.empty()) return false;
    if (const MetricName* name = words_.metric(body_)) return add(*name, "");
    if (whole) return false;
    if (const auto hit = words_.longest_metric(body_); hit && stands_alone(*hit)) {
      const std::string around = body_.substr(0, hit->at) + " " + body_.substr(hit->at + hit->size);
      return add(*hit->name, around);
    }
    label_.segment = words_.segment(body_, "");
    return false;
  }

  // A Chinese name ends its label, or something parts it from what follows:
  // 会员 in 会员及增值服务 is no name of a metric, 收入 in 收入-广告 is.
  bool stands_alone(const Words::NameHit& hit) const {
    const std::string_view behind = std::string_view(body_).substr(hit.at + hit.size);
    if (behind.empty() || std::string_view(" -/:,.|(").find(behind[0]) != std::string_view::npos) return true;
    return behind.starts_with("—") || behind.starts_with("–") || words_.segment(behind, hit.name->keys.front()).empty();
  }

  bool add(const MetricName& name, const std::string& around) {
    for (const std::string& key : name.keys) label_.targets.push_back({key, words_.segment(around, key)});
    if (label_.basis.empty()) label_.basis = name.basis;
    return true;
  }

  // net profit (non-gaap) is adjusted_net_profit.
  void adjust() {
    if (!label_.adjusted) return;
    for (Target& target : label_.targets)
      if (words_.rule_of("adjusted_" + target.metric) != nullptr) target.metric = "adjusted_" + target.metric;
  }

  void cut(size_t at, size_t size) { body_ = trimmed(body_.substr(0, at) + " " + body_.substr(at + size)); }

  const Words& words_;
  std::string body_;
  Label label_;
};

}  // namespace

Label read_label(std::string_view folded, const Words& words) { return LabelOf(folded.substr(0, 200), words).read(); }

SheetUnit merged(const SheetUnit& inner, const SheetUnit& outer) {
  SheetUnit unit = inner;
  if (unit.unit.empty()) unit.unit = outer.unit;
  if (!unit.power) unit.power = outer.power;
  unit.counts = unit.counts || outer.counts;
  return unit;
}

}  // namespace jiyao::reconciling
