using DailyPapers.Papers;

namespace DailyPapers.Sources;

/// <summary>Records that can be stored together, and the rejects found between them.</summary>
internal sealed class RecordBatch(string source)
{
    public List<PaperRecord> Records { get; } = [];

    public List<SourceReject> Rejects { get; } = [];

    public int Count => Records.Count + Rejects.Count;

    /// <summary>Reads one record; whatever is wrong with it stays its own affair. Returns the record when it can be stored.</summary>
    public PaperRecord? Add(string position, Func<PaperRecord> read, Func<string>? text = null)
    {
        FieldProblem? problem;
        try
        {
            var record = read();
            problem = PaperRecordRules.FirstProblem(record);
            if (problem is null)
            {
                Records.Add(record);
                return record;
            }
        }
        catch (FieldProblemException exception)
        {
            problem = exception.Problem;
        }
        Reject(position, problem, text?.Invoke());
        return null;
    }

    public void Reject(string position, FieldProblem problem, string? text = null) =>
        Rejects.Add(new SourceReject(source, position, problem.Field, problem.Reason, text));
}
