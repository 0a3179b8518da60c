using DailyPapers.Search.Text;

namespace DailyPapers.Search.Highlighting;

/// <summary>A text and its words, read at the first use by the rules the index has them under; any number of threads may ask.</summary>
internal sealed class TokenizedText(string text)
{
    // A tokenizer has buffers of its own, far larger than a text: a thread keeps one.
    [ThreadStatic]
    private static WordTokenizer? _tokenizer;

    private TextToken[]? _tokens;

    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>The words in the order of the text, and behind them all compounds: a phrase runs over the parts alone.</summary>
    public TextToken[] Tokens => _tokens ??= Read(Text);

    private static TextToken[] Read(string text)
    {
        var tokens = new List<TextToken>(text.Length / 6);
        var compounds = new List<TextToken>();
        using var words = Tokenize(text);
        while (words.IncrementToken())
        {
            var token = new TextToken(Stemmer.Read(words.CurrentSpelling), words.CurrentPlace.Start, words.CurrentPlace.End, words.IsCompound);
            (words.IsCompound ? compounds : tokens).Add(token);
        }
        return [.. tokens, .. compounds];
    }

    private static WordTokenizer Tokenize(string text)
    {
        var reader = new StringReader(text);
        if (_tokenizer is null)
            _tokenizer = new WordTokenizer(reader);
        else
            _tokenizer.SetReader(reader);
        _tokenizer.Reset();
        return _tokenizer;
    }
}
