namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>Where the output of statements goes, object by object.</summary>
internal abstract class Sink
{
    /// <summary>Takes an object.</summary>
    internal abstract void Write(object? value);

    /// <summary>Binds the arguments of a command, before any command of its pipeline begins.</summary>
    internal virtual void Prepare()
    {
    }

    /// <summary>What comes before the first object: once, also where a command before it has something for it earlier.</summary>
    internal virtual void Begin()
    {
    }

    /// <summary>There are no more objects.</summary>
    internal virtual void End()
    {
    }

    /// <summary>Takes a value as a pipeline does: the elements of a list, each by itself.</summary>
    internal void WriteAll(object? value)
    {
        if (ReferenceEquals(value, Values.Nothing)) return;
        if (Values.Elements(value) is not { } elements)
        {
            Write(value);
            return;
        }

        foreach (var element in elements)
        {
            if (!ReferenceEquals(element, Values.Nothing)) Write(Values.Seen(element));
        }
    }
}

/// <summary>Collects output.</summary>
internal sealed class Collected : Sink
{
    /// <summary>What there was.</summary>
    internal List<object?> Items { get; } = [];

    /// <summary>As the value of an expression: nothing, the only object, or an array.</summary>
    internal object? Value => Items.Count switch { 0 => Values.Nothing, 1 => Items[0], _ => Items.ToArray() };

    /// <inheritdoc/>
    internal override void Write(object? value) => Items.Add(value);
}

/// <summary>Takes no notice of output.</summary>
internal sealed class Ignored : Sink
{
    internal static readonly Ignored Instance = new();

    /// <inheritdoc/>
    internal override void Write(object? value)
    {
    }
}
