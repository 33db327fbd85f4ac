using System.Reflection;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>The module's snapshot of a value; the module must be imported.</summary>
internal sealed class Snapshots
{
    const BindingFlags NonPublic = BindingFlags.Instance | BindingFlags.NonPublic;
    static readonly Lazy<Type> Type = new(() => AppDomain.CurrentDomain.GetAssemblies()
        .Single(assembly => assembly.GetName().Name == "PhysOpt.PowerShell")
        .GetType("PhysOpt.PowerShell.ScriptBlocks.Calling.Snapshot", throwOnError: true)!);

    readonly object snapshot;

    Snapshots(object? value) => snapshot = Type.Value.GetConstructors(NonPublic).Single().Invoke([value, null]);

    internal static Snapshots Of(object? value) => new(value);

    internal string? Unknown => (string?)Type.Value.GetProperty("Unknown", NonPublic)!.GetValue(snapshot);

    internal bool Holds(object? value) => (bool)Type.Value.GetMethod("Holds", NonPublic)!.Invoke(snapshot, [value])!;

    internal bool Contains(object value) => (bool)Type.Value.GetMethod("Contains", NonPublic)!.Invoke(snapshot, [value])!;
}
