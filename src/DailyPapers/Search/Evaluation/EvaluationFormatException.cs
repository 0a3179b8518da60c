namespace DailyPapers.Search.Evaluation;

/// <summary>A file of a collection, a run or judgements is not what its format says.</summary>
public sealed class EvaluationFormatException : FormatException
{
    /// <summary>Makes the error from its parts; the message is <c>FILE:LINE: PROBLEM REMEDY</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">1 for the first line; 0 when the file as a whole is meant.</param>
    /// <param name="problem">What was expected and what came, in a sentence.</param>
    /// <param name="inner">What a parser said.</param>
    public EvaluationFormatException(string file, long line, string problem, Exception? inner = null)
        : base(line > 0 ? $"{file}:{line}: {problem}" : $"{file}: {problem}", inner)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, 1 for the first; 0 when the file as a whole is meant.</summary>
    public long Line { get; }
}
