namespace DailyPapers.Search.Queries;

/// <summary>One thing a query asks for.</summary>
internal abstract record QueryClause;

/// <summary>Words that stand next to each other, or a single one.</summary>
/// <param name="Scope">Where.</param>
/// <param name="Words">The words, normalised; at least one.</param>
/// <param name="Form">How they were written.</param>
internal sealed record WordsClause(QueryScope Scope, IReadOnlyList<string> Words, WordsForm Form) : QueryClause
{
    /// <summary>True for a word as it stands in running text, without quotes, star or field.</summary>
    public bool IsBare => Scope is QueryScope.Anywhere && Form is WordsForm.Plain or WordsForm.Open or WordsForm.Joined;
}

/// <summary>Papers published in a range of years, both included.</summary>
internal sealed record YearsClause(int From, int To) : QueryClause;

/// <summary>Papers of a category or archive.</summary>
internal sealed record CategoryClause(string Category) : QueryClause;

/// <summary>The paper with this key, arXiv id or DOI.</summary>
internal sealed record IdClause(string Id) : QueryClause;
