using DailyPapers.Search.Indexing;
using DailyPapers.Search.Suggesting;
using DailyPapers.Search.Text;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Lucene.Net.Util.Automaton;

namespace DailyPapers.Search.Correcting;

/// <summary>What words the index has, and how many papers each.</summary>
internal sealed class IndexVocabulary(IndexReader reader)
{
    public int Papers => Math.Max(1, reader.NumDocs);

    /// <summary>In how many papers a word occurs, in any of its inflections.</summary>
    public long Frequency(string word) =>
        Math.Max(reader.DocFreq(new Term(IndexField.Text, Stemmer.Stem(word))), reader.DocFreq(new Term(IndexField.Spelling, word)));

    /// <summary>True for a word of somebody's name.</summary>
    public bool IsInName(string word) => reader.DocFreq(new Term(IndexField.Authors, word)) > 0;

    /// <summary>True for a word of a title or a keyword, which are more careful with their words than prose is.</summary>
    public bool IsInTitle(string word)
    {
        var stem = Stemmer.Stem(word);
        return reader.DocFreq(new Term(IndexField.Title, stem)) > 0 || reader.DocFreq(new Term(IndexField.Keywords, stem)) > 0;
    }

    /// <summary>True when words begin so.</summary>
    public bool HasCompletion(string beginning)
    {
        var prefix = new BytesRef(beginning);
        foreach (var leaf in reader.Leaves)
        {
            foreach (var field in (string[])[IndexField.Text, IndexField.Spelling])
            {
                if (leaf.AtomicReader.GetTerms(field)?.GetEnumerator() is { } terms
                    && terms.SeekCeil(prefix) is not TermsEnum.SeekStatus.END && StringHelper.StartsWith(terms.Term, prefix))
                    return true;
            }
        }
        return false;
    }

    /// <summary>The most likely words within so many edits of a word, itself left out, likeliest first.</summary>
    public List<NearWord> Near(string word, int edits, long fewest, int most)
    {
        var automaton = new CompiledAutomaton(new LevenshteinAutomata(word, withTranspositions: true).ToAutomaton(edits), finite: true, simplify: false);
        var frequencies = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var leaf in reader.Leaves)
        {
            foreach (var field in (string[])[IndexField.Text, IndexField.Spelling])
            {
                if (leaf.AtomicReader.GetTerms(field) is not { } dictionary)
                    continue;
                var terms = automaton.GetTermsEnum(dictionary);
                while (terms.MoveNext())
                {
                    var text = terms.Term.Utf8ToString();
                    frequencies[text] = frequencies.GetValueOrDefault(text) + terms.DocFreq;
                }
            }
        }
        return
        [
            .. frequencies
                .Where(f => f.Value >= fewest && f.Key != word && f.Key.All(char.IsLetter))
                .Select(f => new NearWord(f.Key, EditDistance.Between(word, f.Key) + (f.Key[0] == word[0] ? 0 : 1), f.Value))
                .OrderByDescending(near => near.Likelihood).ThenBy(near => near.Text, StringComparer.Ordinal)
                .Take(most),
        ];
    }
}
