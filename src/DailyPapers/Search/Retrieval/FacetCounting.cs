using System.Globalization;
using DailyPapers.Search.Indexing;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace DailyPapers.Search.Retrieval;

/// <summary>Counts a set of documents by what a search can be narrowed to.</summary>
internal static class FacetCounting
{
    private const int MostYears = 12;
    private const int MostNames = 10;

    public static SearchFacets Count(IndexReader reader, DocumentSet documents, IReadOnlyCollection<string> labSlugs) => new(
        Years(reader, documents),
        Names(reader, documents, IndexField.VenueCount),
        Names(reader, documents, IndexField.CategoryCount),
        Names(reader, documents, IndexField.KeywordCount),
        With(reader, documents, IndexField.HasCode, ["1"]),
        With(reader, documents, IndexField.LabSlug, labSlugs));

    private static List<FacetCount> Years(IndexReader reader, DocumentSet documents)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var segment in reader.Leaves)
        {
            if (segment.AtomicReader.GetNumericDocValues(IndexField.Published) is not { } days)
                continue;
            foreach (var document in documents.In(segment))
            {
                var year = DateOnly.FromDayNumber((int)days.Get(document)).Year;
                counts[year] = counts.GetValueOrDefault(year) + 1;
            }
        }
        return [.. counts.Reverse().Take(MostYears).Select(c => new FacetCount(c.Key.ToString(CultureInfo.InvariantCulture), c.Value))];
    }

    private static List<FacetCount> Names(IndexReader reader, DocumentSet documents, string field)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var segment in reader.Leaves)
        {
            if (segment.AtomicReader.GetSortedSetDocValues(field) is not { } values)
                continue;
            var ordinals = new int[values.ValueCount];
            foreach (var document in documents.In(segment))
            {
                values.SetDocument(document);
                for (var ordinal = values.NextOrd(); ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = values.NextOrd())
                    ordinals[ordinal]++;
            }
            var name = new BytesRef();
            for (var ordinal = 0; ordinal < ordinals.Length; ordinal++)
            {
                if (ordinals[ordinal] == 0)
                    continue;
                values.LookupOrd(ordinal, name);
                var text = name.Utf8ToString();
                counts[text] = counts.GetValueOrDefault(text) + ordinals[ordinal];
            }
        }
        return [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(MostNames).Select(c => new FacetCount(c.Key, c.Value))];
    }

    private static int With(IndexReader reader, DocumentSet documents, string field, IEnumerable<string> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            foreach (var segment in reader.Leaves)
            {
                if (segment.AtomicReader.GetTermDocsEnum(new Term(field, value)) is not { } postings)
                    continue;
                while (postings.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
                    count += documents.Contains(segment.DocBase + postings.DocID) ? 1 : 0;
            }
        }
        return count;
    }
}
