using DailyPapers.Community.Submissions;

namespace DailyPapers.Web.Pages.Submit;

/// <summary>What a person filled in, so that nothing is typed twice.</summary>
public sealed record SubmitForm
{
    /// <summary>What was pasted.</summary>
    public string? Paper { get; init; }

    /// <summary>The note for the curators.</summary>
    public string? Note { get; init; }

    /// <summary>What was typed in.</summary>
    public HandEntry? Entry { get; init; }

    /// <summary>The identifier for typing a paper in: what was pasted, if that is one.</summary>
    public string? Identifier => Entry?.Identifier ?? (PaperReference.TryParse(Paper, out var reference) ? reference.Arxiv?.Id ?? reference.Doi : null);
}
