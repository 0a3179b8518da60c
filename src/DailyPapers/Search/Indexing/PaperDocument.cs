using System.Globalization;
using DailyPapers.Search.Text;
using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace DailyPapers.Search.Indexing;

/// <summary>Writes a paper as a document of the index. Nothing is stored: hits are read from the database by their id.</summary>
internal static class PaperDocument
{
    private static readonly FieldType Prose = new FieldType(TextField.TYPE_NOT_STORED).Frozen();

    /// <summary>The term that finds the document of a paper.</summary>
    public static Term TermOf(long paperId) => new(IndexField.Id, paperId.ToString(CultureInfo.InvariantCulture));

    /// <summary>The one spelling of a keyword under which <see cref="IndexField.Keyword"/> has it.</summary>
    public static string KeywordTerm(string keyword) => string.Join(' ', Words.In(keyword));

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
        document.Add(new Field(IndexField.Title, PlainText.OfTitle(paper.Title), Prose));
        AddProse(document, IndexField.Summary, paper.Summary);
        AddProse(document, IndexField.Abstract, paper.Abstract);
        foreach (var keyword in paper.Keywords)
        {
            document.Add(new Field(IndexField.Keywords, keyword, Prose));
            if (KeywordTerm(keyword) is { Length: > 0 } term)
                document.Add(new StringField(IndexField.Keyword, term, Field.Store.NO));
        }
        foreach (var author in paper.Authors)
            document.Add(new Field(IndexField.Authors, author.Name, Prose));
        foreach (var place in new[] { paper.Venue, paper.Topic }.OfType<string>())
            document.Add(new Field(IndexField.Venue, place, Prose));
    }

    private static void AddProse(Document document, string field, string? tex)
    {
        if (!string.IsNullOrWhiteSpace(tex))
            document.Add(new Field(field, PlainText.OfProse(tex), Prose));
    }

    private static void AddFilters(Document document, IndexedPaper paper)
    {
        foreach (var category in paper.Categories.Select(c => c.ToLowerInvariant()).SelectMany(WithArchive).Distinct())
            document.Add(new StringField(IndexField.Category, category, Field.Store.NO));
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

    private static FieldType Frozen(this FieldType type)
    {
        type.Freeze();
        return type;
    }
}
