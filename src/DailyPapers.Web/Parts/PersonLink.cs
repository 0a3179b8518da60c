namespace DailyPapers.Web.Parts;

/// <summary>The address of a person's page.</summary>
internal static class PersonLink
{
    public static string To(string handle) => $"/people/{handle}";
}
