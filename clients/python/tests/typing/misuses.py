"""A program with one mistake in each line that ends in `# wrong`; type checkers find these and no others."""

from launch_darkly_python_sdk import LaunchDarkly
from launch_darkly_python_sdk.bodies import StatementPost

client = LaunchDarkly()
flag = client.feature_flags.single_flag_by_key(project_key="default", feature_flag_key="checkout")

client.feature_flags.single_flag_by_key(project_key="default")  # wrong
client.feature_flags.single_flag_by_key(project_key=1, feature_flag_key="checkout")  # wrong
client.access_tokens.create_new_token(nmae="deploy")  # wrong
client.access_tokens.list.iter(limit="5")  # wrong
client.access_tokens.vanish()  # wrong
length: int = flag.name  # wrong
name: str = flag["creationDate"]  # wrong
flag.name = "Till"  # wrong
flag["creatoin_date"]  # wrong
flag.creatoin_date  # wrong
statement: StatementPost = {"effect": "allow", "efect": "deny"}  # wrong
client.feature_flags.update_feature_flag(project_key="a", feature_flag_key="b", patch=[], merge={})  # wrong
