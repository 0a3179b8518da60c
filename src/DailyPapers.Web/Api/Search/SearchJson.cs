using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DailyPapers.Web.Api.Search;

/// <summary>The JSON of the search API.</summary>
[JsonSerializable(typeof(ApiSearchAnswer))]
[JsonSerializable(typeof(ApiSuggestions))]
[JsonSerializable(typeof(IReadOnlyList<ApiPaper>))]
[JsonSerializable(typeof(IReadOnlyList<HubSearchItem>))]
internal sealed partial class SearchJson : JsonSerializerContext
{
    private static readonly SearchJson Written = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static JsonTypeInfo<ApiSearchAnswer> Answer => Written.ApiSearchAnswer;

    public static JsonTypeInfo<ApiSuggestions> Suggestions => Written.ApiSuggestions;

    public static JsonTypeInfo<IReadOnlyList<ApiPaper>> Papers => Written.IReadOnlyListApiPaper;

    public static JsonTypeInfo<IReadOnlyList<HubSearchItem>> HubItems => Written.IReadOnlyListHubSearchItem;
}
