using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>How a claim's metric is compared.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CriterionKind>))]
public enum CriterionKind
{
    /// <summary>metric &gt;= <see cref="Criterion.Threshold"/>.</summary>
    AtLeast,

    /// <summary>metric &lt;= <see cref="Criterion.Threshold"/>.</summary>
    AtMost,

    /// <summary><see cref="Criterion.Lower"/> &lt;= metric &lt;= <see cref="Criterion.Upper"/>.</summary>
    Within,
}
