namespace DailyPapers.Wording;

/// <summary>Which form of a text goes with a number; a language's forms stand in its file in this order.</summary>
public static class PluralForms
{
    /// <summary>The rule of a language: from a number to the place of its form.</summary>
    public static Func<long, int> Of(string language) => language switch
    {
        "ja" or "ko" or "vi" or "zh" => static _ => 0,
        "fr" or "pt" => static number => number is 0 or 1 ? 0 : 1,
        "pl" => static number => number == 1 ? 0 : IsFew(number) ? 1 : 2,
        "be" or "ru" or "uk" => static number => number % 10 == 1 && number % 100 != 11 ? 0 : IsFew(number) ? 1 : 2,
        "cs" or "sk" => static number => number == 1 ? 0 : number is >= 2 and <= 4 ? 1 : 2,
        _ => static number => number == 1 ? 0 : 1,
    };

    /// <summary>How many forms a language has.</summary>
    public static int Number(string language) => Enumerable.Range(0, 200).Max(number => Of(language)(number)) + 1;

    private static bool IsFew(long number) => number % 10 is >= 2 and <= 4 && number % 100 is not (>= 12 and <= 14);
}
