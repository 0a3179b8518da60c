using System.Globalization;
using DailyPapers.Search.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace DailyPapers.Search.Indexing;

/// <summary>Writes a paper as a document of the index. Nothing is stored: hits are read from the database by their id.</summary>
internal static class PaperDocument
{
    private static readonly FieldType Prose = Frozen(new FieldType(TextField.TYPE_NOT_STORED));
    private static readonly FieldType Counted = Frozen(new FieldType(TextField.TYPE_NOT_STORED) { IndexOptions = IndexOptions.DOCS_AND_FREQS });
    private static readonly FieldType Present = Frozen(new FieldType(TextField.TYPE_NOT_STORED) { IndexOptions = IndexOptions.DOCS_ONLY, OmitNorms = true });

    /// <summary>The term that finds the document of a paper.</summary>
    public static Term TermOf(long paperId) => new(IndexField.Id, paperId.ToString(CultureInfo.InvariantCulture));

    /// <summary>The one spelling of a keyword under which <see cref="IndexField.Keyword"/> has it.</summary>
    public static string KeywordTerm(string keyword) => string.Join(' ', Words.In(keyword));

    /// <summary>The one spelling of a venue under which <see cref="IndexField.VenueName"/> has it.</summary>
    public static string VenueTerm(string venue) => venue.Trim().ToLowerInvariant();

    public static Document Of(IndexedPaper paper)
    {
        var document = new Document();
        AddIdentity(document, paper);
        AddText(document, paper);
        AddFilters(document, paper);
        return document;
    }

    private static void AddIdentity(Document document, IndexedPaper paper)
    {
        document.Add(new StringField(IndexField.Id, paper.Id.ToString(CultureInfo.InvariantCulture), Field.Store.NO));
        document.Add(new NumericDocValuesField(IndexField.Id, paper.Id));
        foreach (var key in new[] { paper.Key, paper.ArxivId, paper.Doi }.OfType<string>().Select(k => k.ToLowerInvariant()).Distinct())
            document.Add(new StringField(IndexField.Key, key, Field.Store.NO));
    }

    private static void AddText(Document document, IndexedPaper paper)
    {
        using var words = new WordTokenizer(TextReader.Null);
        var all = new List<(RecordedText Part, int Weight)>();

        void AddProse(string field, string text, int weight)
        {
            var recorded = RecordedText.Of(text, words);
            all.Add((recorded, weight));
            document.Add(new Field(field, recorded.AsProse(), Prose));
        }

        AddProse(IndexField.Title, PlainText.OfTitle(paper.Title), PartWeights.Title);
        foreach (var keyword in paper.Keywords)
        {
            AddProse(IndexField.Keywords, keyword, PartWeights.Keywords);
            if (KeywordTerm(keyword) is { Length: > 0 } term)
                document.Add(new StringField(IndexField.Keyword, term, Field.Store.NO));
        }
        if (!string.IsNullOrWhiteSpace(paper.Summary))
            AddProse(IndexField.Summary, PlainText.OfProse(paper.Summary), PartWeights.Summary);
        if (!string.IsNullOrWhiteSpace(paper.Abstract))
            AddProse(IndexField.Abstract, PlainText.OfProse(paper.Abstract), PartWeights.Abstract);
        foreach (var place in new[] { paper.Venue, paper.Topic }.OfType<string>())
            AddProse(IndexField.Venue, place, PartWeights.Place);
        foreach (var author in paper.Authors)
        {
            document.Add(new Field(IndexField.Authors, author.Name, Prose));
            document.Add(new StringField(IndexField.AuthorName, author.Name, Field.Store.NO));
            all.Add((RecordedText.Of(author.Name, words), PartWeights.Authors));
        }
        all.Add((RecordedText.Of($"{paper.Published.Year.ToString(CultureInfo.InvariantCulture)} {paper.ArxivId}", words), 1));
        document.Add(new Field(IndexField.Text, RecordedText.AsWeighedStems(all), Counted));
        document.Add(new Field(IndexField.Spelling, RecordedText.AsSpellings(all), Present));
    }

    private static void AddFilters(Document document, IndexedPaper paper)
    {
        foreach (var category in paper.Categories.Select(c => c.ToLowerInvariant()).SelectMany(WithArchive).Distinct())
            document.Add(new StringField(IndexField.Category, category, Field.Store.NO));
        foreach (var category in paper.Categories.Distinct())
            document.Add(new SortedSetDocValuesField(IndexField.CategoryCount, new BytesRef(category)));
        foreach (var keyword in paper.Keywords.Distinct())
            document.Add(new SortedSetDocValuesField(IndexField.KeywordCount, new BytesRef(keyword)));
        if (paper.Venue is { } venue)
        {
            document.Add(new StringField(IndexField.VenueName, VenueTerm(venue), Field.Store.NO));
            document.Add(new SortedSetDocValuesField(IndexField.VenueCount, new BytesRef(venue)));
        }
        document.Add(new Int32Field(IndexField.Year, paper.Published.Year, Field.Store.NO));
        document.Add(new NumericDocValuesField(IndexField.Published, paper.Published.DayNumber));
        document.Add(new NumericDocValuesField(IndexField.Upvotes, paper.Upvotes));
        if (paper.HasCode)
            document.Add(new StringField(IndexField.HasCode, "1", Field.Store.NO));
        if (paper.LabSlug is { } slug)
            document.Add(new StringField(IndexField.LabSlug, slug, Field.Store.NO));
    }

    private static IEnumerable<string> WithArchive(string category)
    {
        yield return category;
        var dot = category.IndexOf('.');
        if (dot > 0)
            yield return category[..dot];
    }

    private static FieldType Frozen(FieldType type)
    {
        type.Freeze();
        return type;
    }
}
