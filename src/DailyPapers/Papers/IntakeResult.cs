namespace DailyPapers.Papers;

/// <summary>What storing a batch of records did.</summary>
/// <param name="Papers">The stored paper of each record, in the records' order; one paper may appear more than once.</param>
/// <param name="Added">Papers that were new.</param>
/// <param name="Updated">Papers that a record changed.</param>
/// <param name="Unchanged">Records that said nothing new.</param>
public sealed record IntakeResult(IReadOnlyList<Paper> Papers, int Added, int Updated, int Unchanged);
