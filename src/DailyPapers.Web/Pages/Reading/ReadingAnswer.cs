using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Web.Pages.Reading;

/// <summary>Where the person now is with a paper: <c>later</c>, <c>read</c> or <c>none</c>.</summary>
internal sealed record ReadingAnswer(string State);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReadingAnswer))]
internal sealed partial class ReadingJson : JsonSerializerContext;
