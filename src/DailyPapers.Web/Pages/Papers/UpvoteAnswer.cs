using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Web.Pages.Papers;

/// <summary>What a vote led to.</summary>
/// <param name="Upvotes">The paper's upvotes now.</param>
/// <param name="Given">Whether the person's upvote is among them.</param>
internal sealed record UpvoteAnswer(int Upvotes, bool Given);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(UpvoteAnswer))]
internal sealed partial class UpvoteJson : JsonSerializerContext;
