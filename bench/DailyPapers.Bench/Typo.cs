namespace DailyPapers.Bench;

/// <summary>One typing error in one word of a text.</summary>
internal static class Typo
{
    private const int ShortestWord = 4;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    /// <summary>
    /// Inserts, deletes, substitutes or transposes a letter of a word of plain letters that has four or more, each equally likely.
    /// </summary>
    /// <returns>The text, the word and what became of it; the text itself where no word is long enough.</returns>
    public static (string Text, string Word, string Wrong) In(string text, Random random)
    {
        var words = text.Split(' ');
        var places = Enumerable.Range(0, words.Length).Where(i => words[i].Length >= ShortestWord && words[i].All(char.IsAsciiLetter)).ToArray();
        if (places.Length == 0)
            return (text, "", "");
        var place = places[random.Next(places.Length)];
        var word = words[place];
        string wrong;
        do
            wrong = Edit(word, random);
        while (wrong == word);
        words[place] = wrong;
        return (string.Join(' ', words), word, wrong);
    }

    private static string Edit(string word, Random random)
    {
        var letter = Letters[random.Next(Letters.Length)].ToString();
        var at = random.Next(word.Length);
        switch (random.Next(4))
        {
            case 0:
                return word.Insert(random.Next(word.Length + 1), letter);
            case 1:
                return word.Remove(at, 1);
            case 2:
                return word.Remove(at, 1).Insert(at, letter);
            default:
                at = random.Next(word.Length - 1);
                return word[..at] + word[at + 1] + word[at] + word[(at + 2)..];
        }
    }
}
