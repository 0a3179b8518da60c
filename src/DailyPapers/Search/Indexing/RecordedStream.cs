using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace DailyPapers.Search.Indexing;

/// <summary>A token stream over words found before; it is read once.</summary>
internal abstract class RecordedStream : TokenStream
{
    private readonly ICharTermAttribute _term;
    private readonly IPositionIncrementAttribute _increment;

    protected RecordedStream()
    {
        _term = AddAttribute<ICharTermAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    protected bool Yield(string term, int increment)
    {
        _term.SetEmpty().Append(term);
        _increment.PositionIncrement = increment;
        return true;
    }
}
