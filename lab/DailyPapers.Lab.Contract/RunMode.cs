using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>Which of a reproduction's two declared budgets a run uses.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RunMode>))]
public enum RunMode
{
    /// <summary>A smaller setting for continuous integration and the curious: minutes at most.</summary>
    Quick,

    /// <summary>The setting whose result is published on the paper's page.</summary>
    Full,
}
