using System.Collections.Concurrent;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// How a script block gets its arguments, called as it is or traced: each as an array, or as a number where there is
/// one and the block uses it so; and x by the names of its components where the block has them.
/// </summary>
/// <param name="block">The block.</param>
/// <param name="named">How it takes x by names; null where it does not.</param>
/// <param name="place">Which argument x is, counted from 0.</param>
internal sealed class BlockArguments(ScriptBlock block, NamedArguments? named, int place)
{
    readonly ConcurrentDictionary<int, bool> known = [];

    /// <summary>True for a block without parameters, such as a filter, that looks for its argument in $_.</summary>
    internal bool IsItem { get; } = ParameterUse.IsItem(block.Ast);

    /// <summary>The names under which the block reads components of an object.</summary>
    internal IReadOnlyCollection<string> MemberNames => named?.MemberNames ?? [];

    /// <summary>The arguments of plain numbers, in arrays of their own.</summary>
    internal object?[] Of(ReadOnlySpan<Vector> arguments)
    {
        if (arguments.Length == 1) return Of(0, arguments[0].ToArray());
        var values = new List<object?>(arguments.Length);
        for (var i = 0; i < arguments.Length; i++) values.AddRange(Of(i, arguments[i].ToArray()));
        return [.. values];
    }

    /// <summary>One argument of plain or traced numbers; several where they have parameters of their own.</summary>
    /// <param name="index">Which argument, counted from 0.</param>
    /// <param name="numbers">Its numbers.</param>
    internal object?[] Of<T>(int index, T[] numbers) =>
        (index == place ? named?.Of(numbers) : null) ?? [numbers.Length == 1 && IsNumber(index) ? numbers[0] : numbers];

    bool IsNumber(int index) => known.GetOrAdd(index, static (place, ast) => ParameterUse.IsNumber(ast, place), block.Ast);
}
