using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>How a script block gets its arguments, called as it is or traced: each as an array, or as a number where there is one and the block uses it so.</summary>
internal sealed class BlockArguments(ScriptBlock block)
{
    readonly Dictionary<int, bool> known = [];

    /// <summary>True for a block without parameters, such as a filter, that looks for its argument in $_.</summary>
    internal bool IsItem { get; } = ParameterUse.IsItem(block.Ast);

    /// <summary>An argument of plain numbers, in an array of its own.</summary>
    /// <param name="index">Which argument, counted from 0.</param>
    /// <param name="numbers">Its numbers.</param>
    internal object Of(int index, Vector numbers) => numbers.Count == 1 && IsNumber(index) ? numbers[0] : numbers.ToArray();

    /// <summary>An argument of traced numbers.</summary>
    /// <param name="index">Which argument, counted from 0.</param>
    /// <param name="numbers">Its numbers.</param>
    internal object Of(int index, object[] numbers) => numbers.Length == 1 && IsNumber(index) ? numbers[0] : numbers;

    bool IsNumber(int index)
    {
        if (!known.TryGetValue(index, out var isNumber)) known[index] = isNumber = ParameterUse.IsNumber(block.Ast, index);
        return isNumber;
    }
}
