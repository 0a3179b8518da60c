namespace DailyPapers.Search.Suggesting;

/// <summary>The best few of many matches of one table.</summary>
internal sealed class BestNames(int most)
{
    private readonly List<NameMatch> _matches = new(most + 1);

    /// <summary>The matches, best first.</summary>
    public IReadOnlyList<NameMatch> Matches => _matches;

    public void Add(NameMatch match)
    {
        if (_matches.Count == most && match.CompareTo(_matches[^1]) >= 0)
            return;
        var at = _matches.Count;
        while (at > 0 && match.CompareTo(_matches[at - 1]) < 0)
            at--;
        _matches.Insert(at, match);
        if (_matches.Count > most)
            _matches.RemoveAt(most);
    }
}
