"""`graphmodel completion`: the TAB key."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "fish", "zsh")


@click.command(short_help="Print the script that lets the shell complete commands.")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script that lets the shell complete commands and options. Put the line of your shell in its file.

    \b
    Example:
      bash, in ~/.bashrc:   eval "$(graphmodel completion bash)"
      zsh, in ~/.zshrc:     eval "$(graphmodel completion zsh)"
      fish:                 graphmodel completion fish > ~/.config/fish/completions/graphmodel.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(context.find_root().command, {}, "graphmodel", "_GRAPHMODEL_COMPLETE").source())
