using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>
/// One line of the runner's standard output under <c>--protocol jsonl</c>: a JSON object whose <c>type</c> is
/// <c>progress</c>, <c>metric</c>, <c>figure</c>, <c>result</c> or <c>error</c>.
/// </summary>
/// <remarks>
/// Exactly one <c>result</c> or <c>error</c> ends a run. Figures and <c>result.json</c> are on disk before their line is written.
/// Readers skip lines they can't read (<see cref="LabJson.TryReadEvent"/>), so that types may be added.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ProgressEvent), "progress")]
[JsonDerivedType(typeof(MetricEvent), "metric")]
[JsonDerivedType(typeof(FigureEvent), "figure")]
[JsonDerivedType(typeof(ResultEvent), "result")]
[JsonDerivedType(typeof(ErrorEvent), "error")]
public abstract record RunEvent;
