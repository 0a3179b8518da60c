using System.Runtime.CompilerServices;
using Lucene.Net.Index;

namespace DailyPapers.Search.Loading;

/// <summary>
/// What was found lately, kept for each state of the index as long as that is searched; a key says what else an answer hangs
/// on. Papers themselves are not in it: they are read as the database has them now.
/// </summary>
internal sealed class AnswerCache<TKey, TAnswer> where TKey : notnull
{
    private const int Capacity = 256;

    private readonly ConditionalWeakTable<IndexReader, RecentlyUsed<TKey, TAnswer>> _answers = [];

    public bool TryGet(IndexReader reader, TKey key, out TAnswer answer)
    {
        var answers = Of(reader);
        lock (answers)
            return answers.TryGet(key, out answer);
    }

    public void Add(IndexReader reader, TKey key, TAnswer answer)
    {
        var answers = Of(reader);
        lock (answers)
            answers.Add(key, answer);
    }

    private RecentlyUsed<TKey, TAnswer> Of(IndexReader reader) => _answers.GetValue(reader, static _ => new RecentlyUsed<TKey, TAnswer>(Capacity));
}
