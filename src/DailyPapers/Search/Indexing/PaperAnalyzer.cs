using DailyPapers.Search.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;

namespace DailyPapers.Search.Indexing;

/// <summary>
/// Turns text into terms. Prose is stemmed with KStem, which keeps apart what Porter's stemmer throws together and this
/// field must not (generalization, general). Stop words are indexed, so that phrases of them work; queries leave them out.
/// </summary>
internal sealed class PaperAnalyzer() : Analyzer(PER_FIELD_REUSE_STRATEGY)
{
    private const int GapBetweenNames = 100;

    public override int GetPositionIncrementGap(string fieldName) => GapBetweenNames;

    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var words = new WordTokenizer(reader);
        return fieldName switch
        {
            IndexField.Authors => new TokenStreamComponents(words, new AuthorNameFilter(words)),
            _ => new TokenStreamComponents(words, new SpellingFilter(new KStemFilter(words), words)),
        };
    }
}
