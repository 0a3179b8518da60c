using DailyPapers.Papers;

namespace DailyPapers.Sources;

/// <summary>Leaves the reading of one record; <see cref="RecordBatch"/> turns it into a reject.</summary>
internal sealed class FieldProblemException(string field, string reason) : Exception($"{field} {reason}")
{
    public FieldProblem Problem { get; } = new(field, reason);
}
