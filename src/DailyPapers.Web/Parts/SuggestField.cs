namespace DailyPapers.Web.Parts;

/// <summary>What a field that completes what is typed tells its script: where to ask, and every text it shows.</summary>
internal static class SuggestField
{
    public static Dictionary<string, object> Attributes => new()
    {
        ["data-suggest"] = "/api/suggest",
        ["data-list"] = T["Suggestions"],
        ["data-none"] = T["No suggestions"],
        ["data-some"] = T["Suggestions: {0}; choose with the arrow keys"],
        ["data-words"] = T["Searches"],
        ["data-paper"] = T["Papers"],
        ["data-author"] = T["Authors"],
        ["data-keyword"] = T["Topics"],
    };
}
