using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Web.Pages.Comments;

/// <summary>What a reaction led to.</summary>
/// <param name="Count">How often the comment has it now.</param>
/// <param name="Given">Whether the person's is among them.</param>
internal sealed record ReactionAnswer(int Count, bool Given);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ReactionAnswer))]
internal sealed partial class ReactionJson : JsonSerializerContext;
