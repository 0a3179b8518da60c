using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Web.Pages.Papers;

/// <summary>What a vote led to.</summary>
/// <param name="Upvotes">The paper's upvotes now.</param>
/// <param name="Given">Whether the person's upvote is among them.</param>
/// <param name="Label">What the button says to those who don't see it.</param>
internal sealed record UpvoteAnswer(int Upvotes, bool Given, string Label);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(UpvoteAnswer))]
internal sealed partial class UpvoteJson : JsonSerializerContext;
