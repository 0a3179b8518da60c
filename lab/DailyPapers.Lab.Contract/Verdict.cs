using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>What a run says about a claim, or about a paper as a whole. Decided by <see cref="VerdictRule"/> only.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>The threshold holds for the mean over seeds and the 95 % interval excludes the null value.</summary>
    Reproduced,

    /// <summary>The effect points the claimed way, but misses the margin or the certainty.</summary>
    Partly,

    /// <summary>The effect is absent or points the other way, or a seed gave no number.</summary>
    NotReproduced,

    /// <summary>The claim needs more than the machine, or the quick mode, offers; nothing was decided.</summary>
    NotAtThisScale,
}
