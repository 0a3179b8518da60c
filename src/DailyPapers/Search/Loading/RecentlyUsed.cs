namespace DailyPapers.Search.Loading;

/// <summary>Keeps what was used lately: surely the last <paramref name="capacity"/> entries, at most twice as many. Whoever shares it locks.</summary>
internal sealed class RecentlyUsed<TKey, TValue>(int capacity) where TKey : notnull
{
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    public bool TryGet(TKey key, out TValue value)
    {
        if (_young.TryGetValue(key, out value!))
            return true;
        if (!_old.TryGetValue(key, out value!))
            return false;
        Add(key, value);
        return true;
    }

    public void Add(TKey key, TValue value)
    {
        _young[key] = value;
        if (_young.Count >= capacity)
            (_young, _old) = ([], _young);
    }

    public void Remove(TKey key)
    {
        _young.Remove(key);
        _old.Remove(key);
    }

    public void Clear() => (_young, _old) = ([], []);
}
