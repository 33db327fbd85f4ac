namespace PhysOpt.Hosting.Editing;

/// <summary>Tab after Tab: puts one match after the other in the place of what was typed, and round again.</summary>
internal sealed class CompletionCycle(LineBuffer buffer, int start, int length, IReadOnlyList<string> matches)
{
    int length = length;
    int current = -1;

    public void Next() => Show(current + 1);

    public void Previous() => Show(current < 0 ? matches.Count - 1 : current - 1);

    void Show(int index)
    {
        if (matches.Count == 0)
            return;
        current = (index + matches.Count) % matches.Count;
        buffer.Replace(start, length, matches[current]);
        length = matches[current].Length;
    }
}
