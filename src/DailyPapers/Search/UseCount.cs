namespace DailyPapers.Search;

/// <summary>Counts who uses something that is to end with its last user; whoever makes it is the first.</summary>
internal sealed class UseCount
{
    private int _users = 1;

    /// <summary>One user more; false when there is none left, and so nothing to use.</summary>
    public bool TryAdd()
    {
        for (var users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
                return true;
        }
        return false;
    }

    /// <summary>One user less; true for the last one, who ends what was used.</summary>
    public bool Remove() => Interlocked.Decrement(ref _users) == 0;
}
