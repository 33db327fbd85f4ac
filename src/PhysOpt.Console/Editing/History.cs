namespace PhysOpt.Hosting.Editing;

/// <summary>What was typed before, and where in it the up and down arrows have come to.</summary>
/// <remarks>The line being typed when the first arrow is pressed is the newest entry of all, and comes back on the way down.</remarks>
internal sealed class History
{
    readonly List<string> entries = [];
    int position;
    string draft = "";

    public int Count => entries.Count;

    /// <summary>Remembers a line, unless it is blank or the same as the last, and goes to the end.</summary>
    public void Add(string text)
    {
        if (!string.IsNullOrWhiteSpace(text) && (entries.Count == 0 || entries[^1] != text))
            entries.Add(text);
        Rewind();
    }

    /// <summary>Goes to the end: for a new line.</summary>
    public void Rewind() => (position, draft) = (entries.Count, "");

    /// <returns>The entry before, or null at the oldest.</returns>
    public string? Older(string current)
    {
        if (position == 0)
            return null;
        if (position == entries.Count)
            draft = current;
        return entries[--position];
    }

    /// <returns>The entry after, the draft behind the last entry, or null at the draft.</returns>
    public string? Newer()
    {
        if (position == entries.Count)
            return null;
        position++;
        return position == entries.Count ? draft : entries[position];
    }
}
