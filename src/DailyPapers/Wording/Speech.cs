namespace DailyPapers.Wording;

/// <summary>
/// The language in which the current work speaks. A request sets its visitor's; commands, schedules and everything else
/// that nobody set it for speak English, whatever the machine's own language is.
/// </summary>
public static class Speech
{
    private static readonly AsyncLocal<Texts?> Current = new();

    /// <summary>The texts of that language.</summary>
    public static Texts T => Current.Value ?? OfferedLanguages.English;

    /// <summary>The tag of the language that somebody set; null in commands and schedules, which nobody set one for.</summary>
    public static string? ChosenLanguage => Current.Value?.Language;

    /// <summary>Speaks a language from here on, in what the caller starts and awaits.</summary>
    public static void Use(Texts texts) => Current.Value = texts;

    /// <summary>Marks an English text that is looked up elsewhere, so that it is known to need a translation.</summary>
    public static string Mark(string english) => english;
}
