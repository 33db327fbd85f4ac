using System.Management.Automation;
using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>Calls of script blocks by PowerShell, as they are.</summary>
internal static class BlockInvocation
{
    static readonly ScriptBlock Caller = ScriptBlock.Create("param($PhysOptBlock, $PhysOptArguments) & $PhysOptBlock @PhysOptArguments");

    /// <summary>What a block returns. One that has begin, process and end can only be called from PowerShell.</summary>
    internal static object? Call(ScriptBlock block, object?[] arguments) =>
        HasSeveralParts(block) ? Caller.InvokeReturnAsIs(block, arguments) : block.InvokeReturnAsIs(arguments);

    /// <summary>The output of a block as a call from PowerShell would have it: nothing, one object, or a list.</summary>
    internal static object? Returned(IList<PSObject> output) => output switch
    {
        [] => null,
        [var single] => single,
        var several => several.ToArray(),
    };

    static bool HasSeveralParts(ScriptBlock block)
    {
        var body = block.Ast as ScriptBlockAst ?? ((FunctionDefinitionAst)block.Ast).Body;
        return (body.BeginBlock is null ? 0 : 1) + (body.ProcessBlock is null ? 0 : 1) + (body.EndBlock is null ? 0 : 1) > 1;
    }
}
