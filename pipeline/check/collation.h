// The statements of all documents, laid out for comparing: names as numbers that
// mean the same in every document, and what is stated of one thing side by side.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/check/across.h"
#include "pipeline/check/evidence.h"
#include "pipeline/check/interval.h"

namespace jiyao {

// A fact of a document.
struct Place {
  uint32_t document = 0;
  uint32_t fact = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

// What is stated, but for the value.
struct Thing {
  uint32_t company = 0;
  uint32_t metric = 0;
  uint32_t segment = 0;
  uint32_t subject = 0;
  uint32_t base = 0;  // of a share; else 0
  uint32_t unit = 0;
  Basis basis = Basis::level;
  Dates dates;
  friend auto operator<=>(const Thing&, const Thing&) = default;
  friend bool operator==(const Thing&, const Thing&) = default;
};

struct Entry {
  Thing thing;
  Place at;
};

// Thread safe once made; the statements must outlive it.
class Collation {
 public:
  explicit Collation(const std::vector<Statements>& documents);

  size_t size() const { return documents_.size(); }
  const Statements& document(uint32_t i) const { return documents_[i]; }
  const StatedFact& fact(Place at) const { return documents_[at.document].facts[at.fact]; }
  Thing thing(Place at) const;
  // 0 if the company is not known.
  uint32_t company(Place at) const { return numbers_[at.document].companies[fact(at).company]; }

  Period period(Place at) const;
  // The fact as checks inside a document have it, for its interval and wording.
  Fact worded(Place at) const;
  Interval allowed_at(Place at) const;

  // The report is on the period that ends with the fact's.
  bool reports(Place at) const;
  // a was made before b: published, else by the period reported, else as given.
  bool earlier(uint32_t a, uint32_t b) const;

 private:
  struct Numbers {
    std::vector<uint32_t> names, metrics, companies;
  };
  void number_names();
  void number_companies();

  const std::vector<Statements>& documents_;
  std::vector<Numbers> numbers_;
};

// What comparing documents can rest on: one actual value of a known company, in a
// period that is named where it stands.
bool is_sound(const Collation& all, Place at);

// What is stated of one thing side by side, by document and in text order.
std::vector<Entry> side_by_side(const Collation& all, const std::vector<bool>& set_aside,
                                bool (*kept)(const Collation&, Place));

std::string copy_id(const Statements& copy, const Statements& of);

// A finding at `at` in view of `other`, but for messages, stated and computed.
FindingRow finding_at(const Collation& all, const char* check, Severity severity, Place at,
                      const std::vector<Place>& others);

// The figure as the document writes it.
std::string written(const Collation& all, Place at);
// And where it stands: `86.4億元 (a.txt, line 9)`.
std::string cited_in_en(const Collation& all, Place at);
std::string cited_in_zh(const Collation& all, Place at);

// The comparisons, one a file. `set_aside` by document: a copy or another
// version of one that comes before it, which speaks for both.
struct Versions {
  std::vector<bool> set_aside;
  std::vector<FindingRow> findings;
};
Versions compare_versions(const Collation& all);
std::vector<FindingRow> compare_values(const Collation& all, const std::vector<bool>& set_aside);
std::vector<FindingRow> compare_growths(const Collation& all, const std::vector<bool>& set_aside);

}  // namespace jiyao
