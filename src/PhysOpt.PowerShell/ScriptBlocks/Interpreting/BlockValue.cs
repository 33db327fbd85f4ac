using System.Management.Automation;
using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>A script block as a value of an interpreted script.</summary>
/// <param name="syntax">What it says.</param>
/// <param name="captured">The variables that GetNewClosure has put into it; null without.</param>
/// <param name="block">The block from the surroundings; null for one that the script itself made.</param>
/// <param name="home">The surroundings in which the script made it, to which it belongs wherever it is called.</param>
internal sealed class BlockValue(Ast syntax, IReadOnlyDictionary<string, object?>? captured = null, ScriptBlock? block = null,
    ISurroundings? home = null)
{
    /// <summary>A block from the surroundings, or that of a function there.</summary>
    internal static BlockValue Of(ScriptBlock block) => new(block.Ast, block: block);

    /// <summary>The surroundings to which it belongs when it is called from some others.</summary>
    internal ISurroundings SurroundingsIn(ISurroundings others) => block is not null ? others.Of(block) : home ?? others;

    /// <summary>What it says: a block, or a function.</summary>
    internal Ast Syntax => syntax;

    /// <summary>The variables that GetNewClosure has put into it; null without.</summary>
    internal IReadOnlyDictionary<string, object?>? Captured => captured;

    /// <summary>The block from the surroundings; null for one that the script itself made.</summary>
    internal ScriptBlock? Block => block;

    /// <inheritdoc/>
    public override string ToString() => syntax.Extent.Text;
}
