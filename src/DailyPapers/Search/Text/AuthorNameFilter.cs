using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace DailyPapers.Search.Text;

/// <summary>
/// Adds to each word of a name, at its place, what else people write for it: its initial (<c>M</c> for <c>Marat</c>) and, for
/// a printed initial, <see cref="PrintedInitial"/>, so that a full given name finds it without finding every other name.
/// </summary>
internal sealed class AuthorNameFilter : TokenFilter
{
    /// <summary>Follows the letter of an initial that the paper itself prints.</summary>
    public const char PrintedInitial = '.';

    private readonly ICharTermAttribute _term;
    private readonly IPositionIncrementAttribute _increment;
    private State? _pending;

    public AuthorNameFilter(TokenStream input) : base(input)
    {
        _term = AddAttribute<ICharTermAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    public override bool IncrementToken()
    {
        if (_pending is { } state)
        {
            RestoreState(state);
            _pending = null;
            var isInitial = _term.Length == 1;
            if (isInitial)
                _term.Append(PrintedInitial);
            else
                _term.Length = 1;
            _increment.PositionIncrement = 0;
            return true;
        }
        if (!m_input.IncrementToken())
            return false;
        if (_term.Length > 0 && !char.IsSurrogate(_term.Buffer[0]))
            _pending = CaptureState();
        return true;
    }

    public override void Reset()
    {
        base.Reset();
        _pending = null;
    }
}
