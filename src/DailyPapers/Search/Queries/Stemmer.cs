using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;

namespace DailyPapers.Search.Queries;

/// <summary>The stem under which the index has a word of prose.</summary>
internal static class Stemmer
{
    public static string Stem(string word)
    {
        using var source = new KeywordTokenizer(new StringReader(word));
        using var stream = new KStemFilter(source);
        var term = stream.GetAttribute<ICharTermAttribute>();
        stream.Reset();
        return stream.IncrementToken() ? term.ToString() : word;
    }
}
