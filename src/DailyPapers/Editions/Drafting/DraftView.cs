namespace DailyPapers.Editions.Drafting;

/// <summary>A day's draft as curators see it.</summary>
/// <param name="Date">The day.</param>
/// <param name="Picks">The papers in their order: the draft's, or the edition's where there is no draft.</param>
/// <param name="ScheduledFor">When it appears by itself, while it is scheduled.</param>
/// <param name="PublishAt">When it would.</param>
/// <param name="IsPublished">Whether readers see an edition of the day.</param>
/// <param name="HasChanges">Whether what readers see is not what the draft has.</param>
/// <param name="AutomaticSize">How many papers the automatic edition fills the picks up to, if the draft stays as it is; null when there will be none.</param>
public sealed record DraftView(
    DateOnly Date, IReadOnlyList<PickedPaper> Picks, DateTimeOffset? ScheduledFor, DateTimeOffset PublishAt, bool IsPublished, bool HasChanges, int? AutomaticSize);
